using Ledger.Promises;
using Ledger.Recording;
using Projections.Committees;
using Projections.Timelines;

namespace Web.Api.Reads;

/// <summary>A promise as lists show it.</summary>
/// <param name="Id">Name of its stream.</param>
/// <param name="Page">Its page on this site.</param>
/// <param name="Since">When what led to the status happened; null = nothing did, or the day is unknown.</param>
/// <param name="Overdue">A deadline that the source itself sets has passed without a final status.</param>
/// <param name="TermEnded">The council term it was made for is over. Says nothing about the promise.</param>
/// <param name="Corrected">Something said about it was corrected or withdrawn.</param>
/// <param name="Committees">Slugs of the committees that answer for it.</param>
/// <param name="Source">Name of the source in which it stands.</param>
/// <param name="LastIndex">Log index of its newest event.</param>
/// <param name="Events">How many events are recorded on it, so the version that If-Match takes.</param>
public sealed record PromiseSummary(
    string Id,
    string Page,
    string Municipality,
    Text Title,
    string Topic,
    PromiseStatus Status,
    Text StatusWord,
    Edtf? Since,
    Deadline Deadline,
    bool Overdue,
    bool TermEnded,
    bool Corrected,
    string? Term,
    IReadOnlyList<string> Committees,
    string Source,
    string? Chapter,
    Tier Tier,
    long LastIndex,
    DateTimeOffset LastRecorded,
    long Events
)
{
    public static PromiseSummary Of(PromiseRow row, DateOnly day, Terms terms) =>
        new(
            $"{row.Municipality}-{row.Slug}",
            $"/{row.Municipality}/zusagen/{row.Slug}",
            row.Municipality,
            row.Title,
            row.Topic,
            row.Status,
            row.Status.Word(),
            row.Since,
            new Deadline(row.Due, row.DueBasis),
            row.IsOverdue(day),
            terms.IsOver(row.Municipality, row.Term, day),
            row.Corrected,
            row.Term,
            row.Committees,
            row.Source,
            row.Chapter,
            row.Tier,
            row.LastIndex,
            row.LastRecorded,
            row.Events
        );
}

/// <summary>The councils' terms, looked up once for a whole answer.</summary>
public sealed class Terms
{
    private readonly Dictionary<string, IReadOnlyList<Ledger.Councils.Term>> _terms = new(
        StringComparer.Ordinal
    );

    /// <summary>The terms as some state of the record tells them.</summary>
    public static async Task<Terms> ReadAsync(
        CommitteeReader reader,
        AsOf asOf,
        CancellationToken cancellation
    )
    {
        var terms = new Terms();
        await foreach (var history in reader.CouncilHistoriesAsync(cancellation))
        {
            terms._terms[history.Stream.Name] = Ledger
                .Councils.Council.From(asOf.Of(history.Events))
                .Terms;
        }

        return terms;
    }

    /// <summary>Whether a term was over on a day.</summary>
    public bool IsOver(string municipality, string? term, DateOnly day) =>
        term is not null
        && _terms.TryGetValue(municipality, out var terms)
        && terms.FirstOrDefault(t => t.Slug == term)?.IsOver(day) == true;
}
