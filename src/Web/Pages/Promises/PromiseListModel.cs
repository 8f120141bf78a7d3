using Ledger.Councils;
using Ledger.Promises;
using Projections;
using Projections.Committees;
using Projections.Timelines;
using Web.Pages.Wording;

namespace Web.Pages.Promises;

/// <summary>What a reader asks a list of promises for; null = any.</summary>
public sealed record PromiseQuery(
    string? Text,
    PromiseStatus? Status,
    string? Topic,
    string? Source,
    string? Committee
)
{
    public const int LongestText = 100;

    public bool IsEmpty =>
        this is { Text: null, Status: null, Topic: null, Source: null, Committee: null };

    /// <summary>Reads the parts of an address; what is empty or no status asks for nothing.</summary>
    public static PromiseQuery Read(IQueryCollection query)
    {
        return new PromiseQuery(
            Plain("text"),
            EnumNames.TryParse<PromiseStatus>(Plain("status"), out var status) ? status : null,
            Plain("thema"),
            Plain("quelle"),
            Plain("ausschuss")
        );

        string? Plain(string name)
        {
            // PostgreSQL takes no U+0000, and nobody types a control character.
            var text = string.Concat(query[name].ToString().Where(c => !char.IsControl(c))).Trim();
            return text.Length == 0 ? null : text[..Math.Min(text.Length, LongestText)];
        }
    }
}

/// <summary>One choice of a filter, with the number of promises behind it.</summary>
public sealed record Choice(string Value, string Text, int Count);

/// <summary>All that the list of a municipality's promises shows.</summary>
/// <param name="Found">The promises that were asked for, in the order of their sources.</param>
public sealed record PromiseListModel(
    string Municipality,
    Council Council,
    PromiseQuery Query,
    IReadOnlyList<PromiseRow> Found,
    int Total,
    IReadOnlyList<Choice> Statuses,
    IReadOnlyList<Choice> Topics,
    IReadOnlyList<Choice> Sources,
    IReadOnlyList<Choice> Committees,
    DateOnly Today
)
{
    /// <summary>"12 von 216 Zusagen", "216 Zusagen".</summary>
    public string Counted =>
        Query.IsEmpty
            ? German.Count(Total, "Zusage", "Zusagen")
            : $"{German.Count(Found.Count)} von {German.Count(Total, "Zusage", "Zusagen")}";

    public static async Task<PromiseListModel?> LoadAsync(
        string municipality,
        PromiseQuery query,
        TimelineReader timelines,
        CommitteeReader committees,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        if (
            await committees.FindCouncilAsync(municipality, cancellation)
            is not { Registered: not null } council
        )
        {
            return null;
        }

        var all = await timelines.ListAsync(new PromiseFilter(municipality), cancellation);
        var found = query.IsEmpty
            ? all
            : await timelines.ListAsync(
                new PromiseFilter(
                    municipality,
                    query.Status,
                    query.Topic,
                    query.Source,
                    query.Committee,
                    query.Text
                ),
                cancellation
            );
        var titles = await timelines.SourcesAsync(municipality, cancellation);
        var names = council.Committees();
        return new PromiseListModel(
            municipality,
            council,
            query,
            found,
            all.Count,
            [
                .. all.GroupBy(r => r.Status)
                    .OrderBy(g => g.Key)
                    .Select(g => new Choice(EnumNames.Of(g.Key), g.Key.Word().De, g.Count())),
            ],
            [
                .. all.GroupBy(r => r.Topic, StringComparer.Ordinal)
                    .Select(g => new Choice(g.Key, PromiseWords.Topic(g.Key), g.Count()))
                    .OrderBy(c => c.Text, German.Alphabet),
            ],
            [
                .. titles.Select(t => new Choice(
                    t.Slug,
                    t.Title,
                    all.Count(r => r.Source == t.Slug)
                )),
            ],
            [
                .. names
                    .Select(n => new Choice(
                        n.Slug,
                        n.Name,
                        all.Count(r => r.Committees.Contains(n.Slug))
                    ))
                    .Where(c => c.Count > 0),
            ],
            today
        );
    }
}
