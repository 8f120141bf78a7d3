using System.Globalization;
using Ledger.Promises;
using Microsoft.AspNetCore.Http.Extensions;
using Projections;
using Projections.Search;

namespace Web.Pages.Promises;

/// <summary>What a reader asks a list of promises for; null = any.</summary>
/// <param name="Deadline">A year, "keine" or "ueberfaellig".</param>
/// <param name="Page">From 1.</param>
public sealed record PromiseQuery(
    string? Text,
    PromiseStatus? Status,
    string? Topic,
    string? Source,
    string? Committee,
    string? Proponent = null,
    string? Deadline = null,
    int Page = 1
)
{
    public const int LongestText = 100;

    // Further on nobody reads, and a database would count there for nothing.
    private const int LastPage = 10_000;

    /// <summary>Whether all promises are asked for, on whichever page.</summary>
    public bool IsEmpty =>
        this
            is {
                Text: null,
                Status: null,
                Topic: null,
                Source: null,
                Committee: null,
                Proponent: null,
                Deadline: null,
            };

    /// <summary>Reads the parts of an address; what is empty or no status asks for nothing.</summary>
    public static PromiseQuery Read(IQueryCollection query)
    {
        return new PromiseQuery(
            Plain("text"),
            EnumNames.TryParse<PromiseStatus>(Plain("status"), out var status) ? status : null,
            Plain("thema"),
            Plain("quelle"),
            Plain("ausschuss"),
            Plain("von"),
            Plain("frist"),
            int.TryParse(
                Plain("seite"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var page
            )
                ? Math.Clamp(page, 1, LastPage)
                : 1
        );

        string? Plain(string name) => PromiseQuery.Plain(query[name].ToString());
    }

    /// <summary>A text as it may be searched for; null when nothing is left of it.</summary>
    public static string? Plain(string text)
    {
        // PostgreSQL takes no U+0000, and nobody types a control character.
        text = string.Concat(text.Where(c => !char.IsControl(c))).Trim();
        return text.Length == 0 ? null : text[..Math.Min(text.Length, LongestText)];
    }

    /// <summary>The query part of the address that asks for this, of another page.</summary>
    public string Address(int page)
    {
        var query = new QueryBuilder();
        foreach (
            var (name, value) in new[]
            {
                ("text", Text),
                ("status", Status is { } s ? EnumNames.Of(s) : null),
                ("thema", Topic),
                ("quelle", Source),
                ("ausschuss", Committee),
                ("von", Proponent),
                ("frist", Deadline),
                ("seite", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
            }
        )
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return query.ToQueryString().Value ?? "";
    }

    internal SearchQuery For(string municipality) =>
        new(
            municipality,
            Text,
            Status is { } s ? EnumNames.Of(s) : null,
            Topic,
            Source,
            Committee,
            Proponent,
            Deadline
        );
}
