using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Method;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;

namespace Projections.Feed;

/// <summary>What a stream is about, as its events up to some index tell it.</summary>
/// <param name="Municipality">Null: it belongs to none.</param>
/// <param name="Slug">Last part of its address.</param>
internal sealed record Subject(string? Municipality, string Slug, Text Title)
{
    public string? Topic { get; init; }

    public IReadOnlyList<string> Proponents { get; init; } = [];

    public IReadOnlyList<string> Committees { get; init; } = [];

    /// <summary>Of a promise alone.</summary>
    public PromiseStatus? Status { get; init; }

    /// <summary>The promise that a target measures.</summary>
    public string? Promise { get; init; }

    /// <summary>Folds the first events of a stream.</summary>
    /// <param name="events">None of them withheld; at least one, unless the stream's first event is.</param>
    public static Subject Of(StreamKey stream, IReadOnlyList<RecordedEvent> events) =>
        stream.Kind switch
        {
            "promise" when Ledger.Promises.Promise.From(events) is { First: { } first } promise =>
                new Subject(
                    first.Municipality,
                    Addresses.Slug(stream, first.Municipality),
                    first.Title
                )
                {
                    Topic = first.Topic,
                    Proponents = first.Proponents,
                    Committees = [.. promise.Committees.Select(c => c.Committee)],
                    Status = promise.Status,
                },
            "target" when Target.From(events).Set is { } set => new Subject(
                set.Municipality,
                set.Municipality is { } town ? Addresses.Slug(stream, town) : stream.Name,
                set.Title
            )
            {
                Promise = set.Promise,
            },
            "source" when Source.From(events).Registered is { } source => new Subject(
                source.Municipality,
                stream.Name,
                source.Title
            )
            {
                Proponents = source.Proponents,
            },
            "council" => new Subject(
                stream.Name,
                stream.Name,
                new Text(Council.From(events).Registered?.Name ?? stream.Name)
            ),
            "log" => new Subject(null, "pruefen", new Text("Logbuch", "Log")),
            "method" => new Subject(null, "methodik", new Text("Methodik", "Method")),

            // Its first event is withheld: no more than its key can be said.
            _ => new Subject(null, stream.Name, new Text(stream.Name)),
        };
}
