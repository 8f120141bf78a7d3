using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>Given these events, when this command, then these events: a promise in memory, decided event by event.</summary>
internal sealed class Given
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<RecordedEvent> _recorded = [];

    private Given() { }

    /// <summary>A promise with events that must all be accepted.</summary>
    public static Given Events(params Event[] events)
    {
        var given = new Given();
        foreach (var e in events)
        {
            given.When(e).ShouldBeOfType<Decision.Accepted>();
        }

        return given;
    }

    public static Given APromise(params Event[] events) => Events([Sample.Promised(), .. events]);

    public Promise Promise => Promise.From(_recorded);

    public PromiseStatus Status => Promise.Status;

    public IReadOnlyList<RecordedEvent> Recorded => _recorded;

    /// <summary>Decides an event, and records it when it is accepted.</summary>
    public Decision When(Event e) => When(e, Guid.CreateVersion7());

    /// <summary>The same, with the id that the event gets.</summary>
    public Decision When(Event e, Guid id)
    {
        var now = s_start.AddDays(_recorded.Count);
        var decision = Decisions.Decide(Sample.Stream(1), _recorded, e, now);
        if (decision is Decision.Accepted)
        {
            _recorded.Add(
                RecordedEvent.Of(e, Sample.Stream(1), _recorded.Count + 1, now, id) with
                {
                    Index = _recorded.Count,
                }
            );
        }

        return decision;
    }

    /// <summary>The code with which an event is refused.</summary>
    public string Code(Event e) => When(e).ShouldBeOfType<Decision.Refused>().Code;

    /// <summary>The only fault for which an event is refused.</summary>
    public Fault Fault(Event e) =>
        When(e).ShouldBeOfType<Decision.Refused>().Faults.ShouldHaveSingleItem();

    /// <summary>The reason for which an event is refused.</summary>
    public string Refusal(Event e) => When(e).ShouldBeOfType<Decision.Refused>().Reason.En!;
}
