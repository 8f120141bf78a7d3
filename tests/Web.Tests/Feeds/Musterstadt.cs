using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Testing;

namespace Web.Tests.Feeds;

/// <summary>The invented town of Musterstadt on record: council with two committees, a source, promises.</summary>
internal static class Musterstadt
{
    public static StreamKey Council { get; } = StreamKey.Council(Sample.Town);

    /// <summary>Records council, committees and source: six events.</summary>
    public static async Task FoundAsync(this LedgerSite site)
    {
        await site.RecordAsync(
            Council,
            new CouncilRegistered
            {
                Name = "Musterstadt",
                Ags = "05999000",
                State = "Nordrhein-Westfalen",
            }.On(null),
            new CommitteeEstablished { Committee = "umwelt", Name = "Ausschuss für Umwelt" }.On(
                "2020"
            ),
            new CommitteeEstablished { Committee = "bau", Name = "Bauausschuss" }.On("2020"),
            new CommitteeEstablished { Committee = "klima", Name = "Klimaausschuss" }.On("2025")
        );
        await site.RecordAsync(
            StreamKey.Source("musterstadt-vereinbarung-2020"),
            new SourceRegistered
            {
                Title = new Text("Erfundene Vereinbarung 2020"),
                Kind = Standing.Agreement,
                Municipality = Sample.Town,
                Proponents = ["Liste Muster"],
                File = new SourceFile("muster.txt", new string('0', 64), 10),
                Locators = LocatorScheme.PhysicalLine,
                Normalisation = "physical-lines/1",
                Lines = new LineRange(1, 900),
            }.On("2020-11-01")
        );
    }

    /// <summary>Records events at the end of a stream.</summary>
    /// <returns>Ids of the new events.</returns>
    public static async Task<IReadOnlyList<Guid>> RecordAsync(
        this LedgerSite site,
        StreamKey stream,
        params IReadOnlyList<Event> events
    )
    {
        var version = (await site.Ledger.Store.ReadStreamAsync(stream)).Count;
        List<NewEvent> recorded = [.. events.Select(e => new NewEvent(e))];
        await site.Ledger.Store.AppendAsync(new Append(stream, version, recorded));
        return recorded.ConvertAll(e => e.Id);
    }

    /// <summary>Waits until feeds show all that is recorded now.</summary>
    public static async Task ShownAsync(this LedgerSite site)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var next = await site.Ledger.Store.NextIndexAsync(patience.Token);
        var reader = new Projections.Feed.FeedReader(site.Ledger.Database);
        while (await reader.EndAsync(patience.Token) < next)
        {
            await Task.Delay(10, patience.Token);
        }

        // The node's own tail hears of it a moment later.
        await Task.Delay(100, patience.Token);
    }

    public static Corrected Correction(Guid of, string field, string from, string to) =>
        new Corrected
        {
            Event = of,
            Field = field,
            From = System.Text.Json.JsonDocument.Parse(from).RootElement,
            To = System.Text.Json.JsonDocument.Parse(to).RootElement,
            Reason = new Text("In der Quelle steht es anders."),
        }.On(null);
}
