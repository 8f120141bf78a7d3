namespace Ledger.Transparency;

/// <summary>
/// The log must not be signed as it is: it contradicts what was signed before, the key does not fit, or something of it is missing. The message
/// is one sentence for the operator, who alone can resolve it.
/// </summary>
public sealed class LogFaultException(string message, Exception? inner = null)
    : Exception(message, inner);
