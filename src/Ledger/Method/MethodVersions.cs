using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Method;

/// <summary>A version of the status rules that this program was ever shipped with.</summary>
/// <param name="Number">From 1, without a gap.</param>
/// <param name="Fingerprint">Of its rules.</param>
/// <param name="Change">What is new in it.</param>
public sealed record MethodVersion(int Number, string Fingerprint, Text Change);

/// <summary>All versions of the status rules, oldest first; the last is the one in force.</summary>
public static class MethodVersions
{
    /// <summary>The stream that holds them.</summary>
    public static StreamKey Stream { get; } = StreamKey.Parse("method");

    public static IReadOnlyList<MethodVersion> All { get; } =
    [
        new(
            1,
            "a40aa23fff4cbfe4ba3c80cb2b018b7429fca323a6812b6199246a7f5c4daccc",
            new Text(
                "Die erste Fassung: Der Stand einer Zusage folgt aus ihren Ereignissen in der Reihenfolge, in der sie geschahen.",
                "The first version: the status of a promise follows from its events in the order in which they happened."
            )
        ),
        new(
            2,
            "65409f015a3bfb58c8a2594f227c96fc4ef67dfeda90c415882dae86ddcf7788",
            new Text(
                "Was vor der Zusage nur berichtet wurde, ist keine Nachricht über sie: Es steht in der Zeitleiste und bewegt den Stand nicht.",
                "What was only reported before the promise is no news of it: it stands in the timeline and does not move the status."
            )
        ),
    ];

    /// <summary>Decides whether a version may be recorded: the next one, and only that.</summary>
    public static Decision Decide(IReadOnlyList<RecordedEvent> events, MethodRevised candidate)
    {
        if (Decisions.RefuseAnywhere(StreamKind.Method, events, candidate) is { } refused)
        {
            return refused;
        }

        var next = events.Count + 1;
        return candidate.Version == next
            ? Decision.Accept(candidate)
            : Objections.VersionNotNext.Refuse(next);
    }
}
