using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Sources;
using Ledger.Targets;

namespace Ledger.Recording;

/// <summary>The one way to decide an event, whoever brings it: catalogue, API or import.</summary>
public static class Decisions
{
    /// <summary>Decides whether an event may be recorded on a stream, by what that stream says.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="events">All its recorded events, in order; none when it does not exist yet.</param>
    /// <param name="candidate">The event.</param>
    /// <param name="now">The moment at which it is decided, for an event of unknown day.</param>
    /// <remarks>What it says of other streams is judged by <see cref="NamedStreams"/>.</remarks>
    public static Decision Decide(
        StreamKey stream,
        IReadOnlyList<RecordedEvent> events,
        Event candidate,
        DateTimeOffset now
    ) =>
        Vocabulary.Of(candidate) is { IsReserved: true } type
            ? Objections.Reserved.Refuse(type.Name)
        : candidate is Stated { Digests: not null } or Stated { DigestAlgorithm: not null }
            ? Objections.DigestsGiven.Refuse()
        : stream.Kind switch
        {
            "promise" => Promise.From(events).Decide(stream, candidate, now),
            "target" => Target.From(events).Decide(stream, candidate, now),
            "council" => Council.From(events).Decide(stream, candidate, now),
            "source" => Source.From(events).Decide(stream, candidate),
            "method" => Objections.WrongStream.Refuse(
                StreamKind.Method.One,
                Vocabulary.Of(candidate).Name
            ),
            "log" => Objections.WrongStream.Refuse(
                StreamKind.Log.One,
                Vocabulary.Of(candidate).Name
            ),
            var kind => Objections.UnknownKind.Refuse(kind),
        };

    /// <summary>
    /// What holds on every stream: it is opened once and first, knows the event's type, and the event is well formed; a correction or
    /// retraction points to something that can be corrected. Null when nothing is wrong.
    /// </summary>
    internal static Decision.Refused? RefuseAnywhere(
        StreamKind kind,
        IReadOnlyList<RecordedEvent> events,
        Event candidate
    )
    {
        var type = Vocabulary.Of(candidate);
        if (!type.Streams.Contains(kind))
        {
            return Objections.WrongStream.Refuse(kind.One, type.Name);
        }

        var opens = type.Record == kind.OpenedBy;
        if (events.Count == 0 ? !opens : opens && !kind.Reopens)
        {
            return (opens ? Objections.AlreadyOnRecord : Objections.NotOnRecord).Refuse(
                kind.Subject
            );
        }

        return Decision.RefuseFaults(candidate)
            ?? EffectiveEvents.RefuseMisdirected(events, candidate);
    }
}
