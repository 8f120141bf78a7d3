using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;

namespace Testing;

/// <summary>The invented town of Musterstadt with a life: promises are made, things happen, are noted late, are corrected.</summary>
public sealed class SampleTown(EventStore store, int seed)
{
    /// <summary>Name of the source's stream that <see cref="FoundAsync"/> records.</summary>
    public const string Source = "musterstadt-vereinbarung-2020";

    /// <summary>Last part of the address of the target that <see cref="FoundAsync"/> records.</summary>
    public const string Target = "baeume";

    private static readonly StreamKey s_source = StreamKey.Source(Source);
    private static readonly StreamKey s_target = StreamKey.Target($"{Sample.Town}-{Target}");
    private readonly Random _random = new(seed);

    /// <summary>Records the council, the source that promises stand in, and a target.</summary>
    public async Task FoundAsync()
    {
        await store.AppendAsync(
            Append.To(
                StreamKey.Council(Sample.Town),
                0,
                new CouncilRegistered
                {
                    Name = "Musterstadt",
                    Ags = "05999000",
                    State = "Nordrhein-Westfalen",
                }.On(null),
                new CommitteeEstablished { Committee = "umwelt", Name = "Umweltausschuss" }.On(
                    null
                ),
                new CommitteeEstablished { Committee = "bau", Name = "Bauausschuss" }.On(null)
            )
        );
        await store.AppendAsync(
            Append.To(
                s_source,
                0,
                new SourceRegistered
                {
                    Title = new("Erfundene Vereinbarung"),
                    Kind = Standing.Agreement,
                    Municipality = Sample.Town,
                    Proponents = ["Liste Muster"],
                    File = new SourceFile("vereinbarung.txt", new string('b', 64), 99),
                    Locators = LocatorScheme.PhysicalLine,
                    Normalisation = "physical-lines/1",
                    Lines = new LineRange(1, 9),
                    EmptyLines = [new LineRange(8, 8)],
                    LeftOut = [],
                }
            )
        );
        await store.AppendAsync(
            Append.To(
                s_target,
                0,
                new TargetSet
                {
                    Title = new("So viele Bäume pflanzen, wie sich jemand ausgedacht hat"),
                    Indicator = new("gepflanzte Bäume"),
                    Municipality = Sample.Town,
                    Direction = Direction.Reach,
                    Value = 500,
                    Unit = "Bäume",
                    Year = 2025,
                    SourceRef = new SourceRef(
                        Source,
                        new Locator(LocatorScheme.PhysicalLine, 2, 3),
                        new string('0', 64)
                    ),
                }.On(null)
            )
        );
    }

    /// <summary>Records something that happened to the council, the source or the target, on an old day or a new one.</summary>
    public async Task LiveBesidesAsync()
    {
        var stream = (StreamKey[])[StreamKey.Council(Sample.Town), s_source, s_target];
        var key = stream[_random.Next(stream.Length)];
        var events = await store.ReadStreamAsync(key);
        var measured = events.Where(x => x.Body is Measured).ToList();
        Event e = (_random.Next(4), key.Kind) switch
        {
            (0, _) => new Reported().On(Day()),
            (1, _) when events.Count > 1 => Correction(events[_random.Next(1, events.Count)]),
            (_, "council") => new MajorityChanged().On(Day()),
            (_, "source") => new Corrected
            {
                Event = events[0].Id,
                Field = "note",
                From = default(System.Text.Json.JsonElement?),
                To = System.Text.Json.JsonSerializer.SerializeToElement(
                    new { de = $"Erfundener Hinweis {_random.Next(100)}" }
                ),
                Reason = new Text("Der Hinweis fehlte.", "The note was missing."),
            }.On(null),
            (2, _) when measured.Count > 0 => Restatement(measured[^1]),
            _ => new Measured
            {
                Period = Edtf.Parse($"{2019 + _random.Next(7)}"),
                Value = _random.Next(1000),
                Unit = "Bäume",
                Publisher = "Stadt Musterstadt (erfunden)",
            }.On(Day()),
        };
        var now = TimeProvider.System.GetUtcNow();
        var decision = key.Kind switch
        {
            "council" => Council.From(events).Decide(key, e, now),
            "source" => Ledger.Sources.Source.From(events).Decide(key, e),
            _ => Ledger.Targets.Target.From(events).Decide(key, e, now),
        };
        if (decision is Decision.Accepted)
        {
            await store.AppendAsync(Append.To(key, events.Count, e));
        }
    }

    /// <summary>Records something of any kind, on an old day or a new one, on one of some promises.</summary>
    /// <param name="promises">How many there are at most.</param>
    public async Task LiveAsync(int promises = 6)
    {
        var n = _random.Next(1, promises + 1);
        var stream = Sample.Stream(n);
        var events = await store.ReadStreamAsync(stream);
        Event e =
            events.Count == 0
                ? Sample.Promised(n, Day(), Due()) with
                {
                    Title = new Text(Title(n)),
                }
                : _random.Next(9) switch
                {
                    0 => new Started().On(Day()),
                    1 => new Delayed { To = Edtf.Parse("2027") }.On(Day()),
                    2 => new Reported().On(_random.Next(3) == 0 ? null : Day()),
                    3 => new Assigned
                    {
                        Committees =
                        [
                            new Responsibility(
                                _random.Next(2) == 0 ? "umwelt" : "bau",
                                ResponsibilityBasis.Named
                            ),
                        ],
                    }.On(Day()),
                    4 => new Checked { Places = ["Ratsinformation (erfunden)"] }.On(Day()),
                    5 => new Completed { Extent = Extent.Whole }.On(Day()),
                    6 => Correction(events[_random.Next(events.Count)]),
                    7 when events.Count > 2 => new Retracted
                    {
                        Event = events[_random.Next(1, events.Count)].Id,
                        Reason = new Text("Erfunden war falsch.", "Invention was wrong."),
                    }.On(null),
                    _ => new Stalled().On(Day()),
                };

        // As everybody's: what the decision refuses is not recorded.
        if (
            Promise.From(events).Decide(stream, e, TimeProvider.System.GetUtcNow())
            is Decision.Accepted
        )
        {
            await store.AppendAsync(Append.To(stream, events.Count, e));
        }
    }

    private Restated Restatement(RecordedEvent about) =>
        new Restated
        {
            Measurement = about.Id,
            From = ((Measured)about.Body).Value,
            To = _random.Next(1000),
            Why = new Text("Es wurde neu gezählt.", "It was counted again."),
        }.On(Day());

    private Corrected Correction(RecordedEvent about) =>
        new Corrected
        {
            Event = about.Id,
            Field = "occurred",
            From = System.Text.Json.JsonSerializer.SerializeToElement(
                about.Body.Occurred?.ToString()
            ),
            To = System.Text.Json.JsonSerializer.SerializeToElement(Day()),
            Reason = new Text("Der Tag war ein anderer.", "The day was another."),
        }.On(null);

    private string Day() =>
        _random.Next(3) switch
        {
            0 => $"{2019 + _random.Next(7)}",
            1 => $"{2019 + _random.Next(7)}-{1 + _random.Next(12):00}",
            _ => $"{2019 + _random.Next(7)}-{1 + _random.Next(12):00}-{1 + _random.Next(28):00}",
        };

    private Deadline Due() =>
        _random.Next(2) == 0
            ? new Deadline(null, DeadlineBasis.None)
            : new Deadline(Edtf.Parse($"{2020 + _random.Next(8)}"), DeadlineBasis.Stated);

    private static string Title(int n) =>
        new[]
        {
            "Radwege an der Promenade bauen",
            "Spielplätze für Kinder erneuern",
            "Bäume in der Innenstadt pflanzen",
            "Gebühren für Büchereien abschaffen",
            "Ein Klimaschutzkonzept schreiben",
            "Schwimmbäder länger öffnen",
        }[n % 6];
}
