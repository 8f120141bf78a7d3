using Ledger.Promises;
using Ledger.Recording;
using Projections;
using Projections.Committees;
using Projections.Deadlines;
using Projections.Feed;
using Projections.Timelines;
using Web.Api.Problems;
using Web.Feeds;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Subscribe;

/// <summary>A choice of the form.</summary>
/// <param name="Group">Heading under which it stands; null = none.</param>
/// <param name="Lang">The language of the text where it is not the one that is spoken.</param>
public sealed record Choice(string Value, string Text, string? Group = null, string? Lang = null);

/// <summary>The filter that a visitor has chosen, what it would bring, and the addresses for it.</summary>
/// <param name="Fault">Why the choice cannot be, in a sentence; null when it can.</param>
/// <param name="Newest">The newest entries that it would bring.</param>
public sealed record SubscribeModel(
    FeedFilter Filter,
    FilterTitle Title,
    string? Fault,
    long Count,
    IReadOnlyList<FeedEntry> Newest,
    IReadOnlyList<(Facet Facet, string Label, IReadOnlyList<Choice> Choices)> Fields,
    IReadOnlyList<Channel> People,
    IReadOnlyList<Channel> Programs
)
{
    /// <summary>Facets without a field in the form: they come from the page of what they name.</summary>
    public IEnumerable<(Facet Facet, string Value)> Kept =>
        ((Facet[])[Facet.Promise, Facet.Target, Facet.Source]).SelectMany(f =>
            Filter[f].Select(v => (f, v))
        );

    public static async Task<SubscribeModel> LoadAsync(
        HttpRequest request,
        FeedReader reader,
        CommitteeReader committees,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var filter = FeedFilter.Everything;
        var title = new FilterTitle(FilterWords.Everything, []);
        string? fault = null;
        try
        {
            filter = FeedQuery.Read(request.Query);
            title = await FilterWords.ShortTitleAsync(filter, reader, long.MaxValue, cancellation);
        }
        catch (ProblemException)
        {
            filter = FeedFilter.Everything;
            fault = Say(
                "Etwas davon gibt es hier nicht. Gezeigt sind die Adressen für alles; wählen Sie bitte neu.",
                "Some of what you chose does not exist here. The addresses below are for everything; please choose again."
            );
        }

        var settled = await reader.SettleAsync(filter, cancellation);
        var newest = await reader.NewestAsync(settled, long.MaxValue, 3, cancellation);
        var root = SiteRoot.Of(request);
        return new SubscribeModel(
            filter,
            title,
            fault,
            await reader.CountAsync(settled, cancellation),
            newest,
            await FieldsAsync(committees, timelines, cancellation),
            [
                .. Channels
                    .ForPeople(filter)
                    .Select(c => c with { Address = c.Address is null ? null : root + c.Address }),
            ],
            [.. Channels.ForPrograms(filter).Select(c => c with { Address = root + c.Address })]
        );
    }

    private static async Task<IReadOnlyList<(Facet, string, IReadOnlyList<Choice>)>> FieldsAsync(
        CommitteeReader committees,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var towns = await committees.MunicipalitiesAsync(cancellation);
        List<Choice> ofCommittees = [];
        foreach (var town in towns)
        {
            ofCommittees.AddRange(
                from row in await committees.ListAsync(town.Slug, cancellation)
                orderby row.Name
                select new Choice($"{town.Slug}/{row.Slug}", row.Name, town.Name, OfGermanPart)
            );
        }

        return
        [
            (
                Facet.Municipality,
                Say("Gemeinde", "Municipality"),
                [.. towns.Select(t => new Choice(t.Slug, t.Name))]
            ),
            (Facet.Committee, Say("Ausschuss", "Committee"), ofCommittees),
            (
                Facet.Topic,
                Say("Thema", "Topic"),
                [
                    .. Topics
                        .All.OrderBy(t => t.Value.Words(), Writing.Alphabet)
                        .Select(t => new Choice(t.Key, t.Value.Words())),
                ]
            ),
            (
                Facet.Proponent,
                Say("Zugesagt von", "Promised by"),
                [
                    .. (await timelines.ProponentsAsync(cancellation)).Select(p => new Choice(
                        p,
                        p,
                        Lang: OfGermanPart
                    )),
                ]
            ),
            (
                Facet.Status,
                Say("Stand", "Status"),
                [
                    new(Facet.Changed, Say("jede Änderung des Standes", "every change of status")),
                    .. Enum.GetValues<PromiseStatus>()
                        .Select(s => new Choice(
                            EnumNames.Of(s),
                            FilterWords.ReachedOrLeft(Say($"{s.Word().De},", $"“{s.Word().En}”"))
                        )),
                ]
            ),
            (
                Facet.Type,
                Say("Art des Eintrags", "Type of entry"),
                [
                    .. Vocabulary
                        .All.OrderBy(t => t.Word.Words(), Writing.Alphabet)
                        .Select(t => new Choice(t.ApiName, t.Word.Words())),
                ]
            ),
        ];
    }
}
