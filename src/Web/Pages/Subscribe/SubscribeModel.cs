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

namespace Web.Pages.Subscribe;

/// <summary>A choice of the form.</summary>
/// <param name="Group">Heading under which it stands; null = none.</param>
public sealed record Choice(string Value, string Text, string? Group = null);

/// <summary>A way to subscribe.</summary>
/// <param name="Address">Null where it cannot tell what is asked for.</param>
public sealed record Channel(string Name, string Sentence, string? Address);

/// <summary>The filter that a visitor has chosen, what it would bring, and the addresses for it.</summary>
/// <param name="Fault">Why the choice cannot be, in a sentence; null when it can.</param>
/// <param name="Newest">Titles of the newest entries that it would bring.</param>
public sealed record SubscribeModel(
    FeedFilter Filter,
    string Title,
    string? Fault,
    long Count,
    IReadOnlyList<string> Newest,
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
        var title = "";
        string? fault = null;
        try
        {
            filter = FeedQuery.Read(request.Query);
            title = (await FilterWords.TitleAsync(filter, reader, long.MaxValue, cancellation))[
                "Zusagenbuch: ".Length..
            ];
        }
        catch (ProblemException)
        {
            filter = FeedFilter.Everything;
            title = "alle Änderungen";
            fault =
                "Etwas davon gibt es hier nicht. Gezeigt sind die Adressen für alles; wählen Sie bitte neu.";
        }

        var settled = await reader.SettleAsync(filter, cancellation);
        var newest = await reader.NewestAsync(settled, long.MaxValue, 3, cancellation);
        var root = SiteRoot.Of(request);
        return new SubscribeModel(
            filter,
            title,
            fault,
            await reader.CountAsync(settled, cancellation),
            [.. newest.Select(EntryText.Title)],
            await FieldsAsync(committees, timelines, cancellation),
            [
                .. ForPeople(filter)
                    .Select(c => c with { Address = c.Address is null ? null : root + c.Address }),
            ],
            [.. ForPrograms(filter).Select(c => c with { Address = root + c.Address })]
        );
    }

    private static IEnumerable<Channel> ForPeople(FeedFilter filter)
    {
        yield return new(
            "Feed für Leseprogramme (Atom)",
            "Für Feedreader, Redaktionssysteme und Browser-Erweiterungen. Wer lange nicht gelesen hat, holt alles Versäumte nach: Jede Fassung nennt das Archiv davor.",
            FeedAddress.Current(filter, AtomFeed.Format)
        );
        yield return new(
            "JSON Feed",
            "Dasselbe für Leseprogramme, die JSON lieber mögen.",
            FeedAddress.Current(filter, JsonFeed.Format)
        );
        yield return new(
            "Tabelle (CSV)",
            "Die ersten tausend Einträge für eine Tabellenkalkulation; wie es weitergeht, steht im Kopf der Antwort.",
            FeedAddress.Pull(filter, "csv")
        );
        var ofDeadlines = filter.Facets.All(DeadlineReader.Facets.Contains);
        yield return new(
            "Kalender der Fristen",
            ofDeadlines
                ? "Für jeden Kalender, der Adressen abonniert. Darin steht, wann eine Frist abläuft, die eine Quelle selbst setzt; verschiebt sich eine, verschiebt sich der Termin."
                : "Fristen gibt es nach Gemeinde, Ausschuss, Zusage, Thema und danach, wer zugesagt hat; für diese Auswahl nicht.",
            ofDeadlines ? FeedAddress.Deadlines(filter) : null
        );
        yield return new(
            "Heute fällig",
            "Ein kurzer Text, jeden Tag neu: welche Frist heute abläuft, was seit heute überfällig ist, welche Wahlperiode endet.",
            ofDeadlines ? filter.At("/feeds/due-today.txt") : "/feeds/due-today.txt"
        );
    }

    private static IEnumerable<Channel> ForPrograms(FeedFilter filter)
    {
        yield return new(
            "Abruf in Seiten (CloudEvents)",
            "Die versiegelten Einträge, Byte für Byte wie im Prüfverzeichnis; weiter geht es mit „after“ und dem Index des letzten.",
            FeedAddress.Pull(filter, "batch")
        );
        yield return new(
            "JSON Lines",
            "Dieselben Einträge, einer je Zeile.",
            FeedAddress.Pull(filter, "jsonl")
        );
        yield return new(
            "Strom (Server-Sent Events)",
            "Jeder Eintrag im Augenblick seiner Versiegelung; nach einem Abriss geht es ohne Lücke weiter.",
            FeedAddress.Stream(filter)
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
                select new Choice($"{town.Slug}/{row.Slug}", row.Name, town.Name)
            );
        }

        return
        [
            (Facet.Municipality, "Gemeinde", [.. towns.Select(t => new Choice(t.Slug, t.Name))]),
            (Facet.Committee, "Ausschuss", ofCommittees),
            (
                Facet.Topic,
                "Thema",
                [
                    .. Topics
                        .All.OrderBy(t => t.Value.De, Writing.Alphabet)
                        .Select(t => new Choice(t.Key, t.Value.De)),
                ]
            ),
            (
                Facet.Proponent,
                "Zugesagt von",
                [.. (await timelines.ProponentsAsync(cancellation)).Select(p => new Choice(p, p))]
            ),
            (
                Facet.Status,
                "Stand",
                [
                    new(Facet.Changed, "jede Änderung des Standes"),
                    .. Enum.GetValues<PromiseStatus>()
                        .Select(s => new Choice(
                            EnumNames.Of(s),
                            $"{s.Word().De}, erreicht oder verlassen"
                        )),
                ]
            ),
            (
                Facet.Type,
                "Art des Eintrags",
                [
                    .. Vocabulary
                        .All.OrderBy(t => t.Word.De, Writing.Alphabet)
                        .Select(t => new Choice(t.ApiName, t.Word.De)),
                ]
            ),
        ];
    }
}
