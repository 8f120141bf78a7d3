using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;

namespace Testing;

/// <summary>The invented town of Musterstadt with a life: promises are made, things happen, are noted late, are corrected.</summary>
public sealed class SampleTown(EventStore store, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Records the council and the source that promises stand in.</summary>
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
