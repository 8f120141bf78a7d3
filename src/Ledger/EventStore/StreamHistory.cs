namespace Ledger.EventStore;

/// <summary>A stream with all its events up to some index, in order.</summary>
public sealed record StreamHistory(StreamKey Stream, IReadOnlyList<RecordedEvent> Events);
