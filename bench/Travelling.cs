using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Bench;

/// <summary>
/// Pages as they were 100,000 events ago against the same pages now, over HTTP and uncached. 354 promises; each was made, then things happened
/// to all of them in turn.
/// </summary>
internal static class Travelling
{
    private const int Promises = 354;
    private const int Later = 106_200;
    private const int EventsOfARound = 20;
    private const int Requests = 12;
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var town = await TownUnderTest.StartAsync(stage, Events());

        // Council and committee are two, each promise has three events by then.
        const int stand = 1 + (Promises * 3);
        await town.CheckAsync($"?stand={stand}", "354 Zusagen sind verzeichnet");
        List<Score> scores = [];
        foreach (
            var (name, path) in new[]
            {
                ("as it was: municipality", ""),
                ("as it was: list of promises", "zusagen"),
                ("as it was: committee", "ausschuesse/umwelt"),
                ("as it was: a promise", "zusagen/zusage-7"),
            }
        )
        {
            var times = await Rounds.TakeAsync(
                RoundCount,
                _ => town.ReadAsync($"{path}?stand={stand}", Requests),
                _ => town.ReadAsync(path, Requests)
            );
            scores.Add(Score.Time(name, times[0], times[1], 3));
        }

        return scores;
    }

    // A bulk record takes each stream once, so time goes by in rounds.
    private static IEnumerable<IEnumerable<Append>> Events()
    {
        yield return Enumerable
            .Range(0, Promises)
            .Select(n =>
                Append.To(
                    Sample.Stream(n),
                    0,
                    Sample.Promised(n + 1),
                    new Reported().On("2021"),
                    new Started().On("2022")
                )
            );
        for (var round = 0; round < Later / Promises / EventsOfARound; round++)
        {
            var version = 3 + (round * EventsOfARound);
            yield return Enumerable
                .Range(0, Promises)
                .Select(n =>
                    Append.To(
                        Sample.Stream(n),
                        version,
                        [
                            .. Enumerable
                                .Repeat(0, EventsOfARound)
                                .Select(_ => new Reported().On("2023")),
                        ]
                    )
                );
        }
    }
}
