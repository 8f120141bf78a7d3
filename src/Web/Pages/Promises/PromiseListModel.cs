using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Projections;
using Projections.Search;
using Projections.Timelines;
using Web.Pages.Time;
using Web.Pages.Wording;

namespace Web.Pages.Promises;

/// <summary>One choice of a filter, with the number of promises behind it.</summary>
/// <param name="Lang">The language of the text where it is not the one that is spoken.</param>
public sealed record Choice(string Value, string Text, int Count, string? Lang = null);

/// <summary>All that the list of a municipality's promises shows.</summary>
/// <param name="Total">How many are on record, whatever is asked for.</param>
public sealed record PromiseListModel(
    string Municipality,
    Council Council,
    PromiseQuery Query,
    PromiseFinding Finding,
    int Total,
    IReadOnlyList<(string Slug, Text Title)> Titles,
    DateOnly Today
)
{
    public const int PageSize = 100;

    /// <summary>The promises of this page.</summary>
    public IReadOnlyList<PromiseRow> Found => Finding.Rows;

    public int Pages => Math.Max(1, (Finding.Total + PageSize - 1) / PageSize);

    /// <summary>"12 von 216 Zusagen", "216 Zusagen".</summary>
    public string Counted =>
        Query.IsEmpty
            ? PromiseWords.Count(Total)
            : $"{Writing.Count(Finding.Total)} {Language.Say("von", "of")} {PromiseWords.Count(Total)}";

    public IReadOnlyList<Choice> Statuses =>
        [
            .. Choices("status", v => EnumNames.Parse<PromiseStatus>(v).Word().Words())
                .OrderBy(c => EnumNames.Parse<PromiseStatus>(c.Value)),
        ];

    public IReadOnlyList<Choice> Topics =>
        [.. Choices("topic", PromiseWords.Topic).OrderBy(c => c.Text, Writing.Alphabet)];

    public IReadOnlyList<Choice> Sources =>
        [
            .. Choices("source", v => SourceTitle(v).Words())
                .Select(c => c with { Lang = Language.LanguageOf(SourceTitle(c.Value)) })
                .OrderBy(c => c.Text, Writing.Alphabet),
        ];

    public IReadOnlyList<Choice> Committees =>
        [
            .. Choices("committee", CommitteeName)
                .Select(c => c with { Lang = Language.OfGermanPart })
                .OrderBy(c => c.Text, Writing.Alphabet),
        ];

    public IReadOnlyList<Choice> Proponents =>
        [
            .. Choices("proponent", v => v)
                .Select(c => c with { Lang = Language.OfGermanPart })
                .OrderBy(c => c.Text, Writing.Alphabet),
        ];

    /// <summary>Overdue first, then year by year, then those without.</summary>
    public IReadOnlyList<Choice> Deadlines =>
        [
            .. Choices("deadline", PromiseListWords.Deadline)
                .Where(c => c.Count > 0 || c.Value == Query.Deadline)
                .OrderBy(c =>
                    c.Value switch
                    {
                        SearchReader.Overdue => 0,
                        SearchProjection.NoDeadline => 2,
                        _ => 1,
                    }
                )
                .ThenBy(c => c.Value, StringComparer.Ordinal),
        ];

    public Text SourceTitle(string source) =>
        Titles.FirstOrDefault(t => t.Slug == source).Title ?? new Text(source);

    public static async Task<PromiseListModel?> LoadAsync(
        string municipality,
        PromiseQuery query,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        if (await view.CouncilAsync(municipality, cancellation) is not { } council)
        {
            return null;
        }

        var finding = await PromiseFinding.FindAsync(
            municipality,
            query,
            PageSize,
            view,
            search,
            timelines,
            cancellation
        );
        return new PromiseListModel(
            municipality,
            council,
            query,
            finding,
            finding.Everything,
            await view.SourcesAsync(municipality, cancellation),
            view.Day
        );
    }

    // What was chosen stands among the choices even where nothing is left of it.
    private IEnumerable<Choice> Choices(string kind, Func<string, string> words)
    {
        var choices = Finding.Facets[kind].Where(f => f.Value.Length > 0).ToList();
        if (
            Query.Chosen(kind) is { } chosen
            && !choices.Exists(c => c.Value == chosen)
            && IsKnown(kind, chosen)
        )
        {
            choices.Add((chosen, 0));
        }

        return choices.Select(c => new Choice(c.Value, words(c.Value), c.Count));
    }

    private bool IsKnown(string kind, string value) =>
        kind switch
        {
            "topic" => Ledger.Promises.Topics.All.ContainsKey(value),
            "source" => Titles.Any(t => t.Slug == value),
            "committee" => Council.Committees.Any(c => c.Slug == value),
            "deadline" => value is SearchReader.Overdue or SearchProjection.NoDeadline,
            "status" => true,
            _ => false,
        };

    private string CommitteeName(string slug) =>
        Council.Committees.FirstOrDefault(c => c.Slug == slug)?.Name ?? slug;
}
