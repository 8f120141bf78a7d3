using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>
/// A promise as its stream tells it up to some index. Everything here is derived from the events; the list grows and nothing in it
/// ever changes.
/// </summary>
public sealed class Promise
{
    private readonly List<EffectiveEvent> _effective;
    private readonly List<StatusStep> _steps;

    private Promise(IReadOnlyList<RecordedEvent> recorded)
    {
        Recorded = recorded;
        _effective = EffectiveEvents.Of(recorded);
        _steps = StatusFold.Of(_effective);
        First = _effective.Select(e => e.Body).OfType<Promised>().FirstOrDefault();
    }

    /// <summary>A promise from its recorded events in stream order; of no events, one that does not exist yet.</summary>
    public static Promise From(IReadOnlyList<RecordedEvent> recorded) => new(recorded);

    /// <summary>The events as recorded, in the order of the record.</summary>
    public IReadOnlyList<RecordedEvent> Recorded { get; }

    /// <summary>The events that count, in the order in which they happened, with what each did to the status.</summary>
    public IReadOnlyList<StatusStep> Steps => _steps;

    /// <summary>The promise's first event with its corrections; null while the stream is empty.</summary>
    public Promised? First { get; }

    /// <summary>How it stands, by all that is recorded.</summary>
    public PromiseStatus Status => StatusBy(DateOnly.MaxValue).Status;

    /// <summary>The committees that answer for it, after the last assignment.</summary>
    public IReadOnlyList<Responsibility> Committees =>
        _effective.Select(e => e.Body).OfType<Assigned>().LastOrDefault()?.Committees
        ?? First?.Committees
        ?? [];

    /// <summary>Whether something said about it was corrected or withdrawn.</summary>
    public bool IsCorrected => Recorded.Any(e => e.Type is "corrected" or "retracted");

    /// <summary>The status by what had happened up to a day, and the event that led to it (null: nothing did).</summary>
    public (PromiseStatus Status, EffectiveEvent? Reason) StatusBy(DateOnly day)
    {
        var status = PromiseStatus.Unchecked;
        EffectiveEvent? reason = null;
        foreach (var step in _steps)
        {
            if (step.Event.From > day)
            {
                break;
            }

            if (step.After != status)
            {
                (status, reason) = (step.After, step.Event);
            }
        }

        return (status, reason);
    }

    /// <summary>Whether its deadline has passed unmet on a day. Never by the end of a term: only the source can set a deadline.</summary>
    public bool IsOverdue(DateOnly day) =>
        First is { Deadline: { Binds: true, Date: { } due } }
        && due.IsOver(day)
        && !StatusBy(day).Status.IsClosed();

    /// <summary>Whether somebody contests the event that led to the status, by what had happened up to a day.</summary>
    public bool IsDisputed(DateOnly day) =>
        StatusBy(day).Reason is { } reason
        && _effective.Any(e =>
            e.Body is Stated { Stance: Stance.Contests } s
            && s.About == reason.Recorded.Id
            && e.From <= day
        );

    /// <summary>Decides whether an event may be recorded on the promise, judged at the event's own place among what happened.</summary>
    /// <param name="candidate">The event.</param>
    /// <param name="now">The moment at which it is decided, for an event of unknown day.</param>
    /// <param name="stream">The promise's stream.</param>
    public Decision Decide(StreamKey stream, Event candidate, DateTimeOffset now)
    {
        if (Decisions.RefuseAnywhere(StreamKind.Promise, Recorded, candidate) is { } refused)
        {
            return refused;
        }

        if (
            candidate is Promised promised
            && !stream.Name.StartsWith($"{promised.Municipality}-", StringComparison.Ordinal)
        )
        {
            return Objections.KeyWithoutMunicipality.Refuse(promised.Municipality);
        }

        if (NamedStreams.Of(candidate).Contains(stream))
        {
            return Objections.NamesItself.Refuse();
        }

        if (candidate is Stated stated && Recorded.All(e => e.Id != stated.About))
        {
            return Objections.EventNotOnStream.Refuse(stated.About);
        }

        // The whole resulting sequence must be legal: an early event can make a later one impossible.
        var after = From([
            .. Recorded,
            RecordedEvent.Of(candidate, stream, Recorded.Count + 1, now),
        ]);
        var illegal = after.Steps.FirstOrDefault(s => s.Refusal is not null);
        return illegal.Refusal is { } refusal ? refusal : Decision.Accept(candidate);
    }
}
