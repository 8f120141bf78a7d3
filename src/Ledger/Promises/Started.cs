using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Work began.</summary>
public sealed record Started : Event;
