using System.Diagnostics.CodeAnalysis;

namespace Ledger.Postgres;

/// <summary>
/// The embedded PostgreSQL cannot be had, for a reason that was foreseen. The message is one plain sentence that says
/// what is wrong and what to do; print it as it is and exit with 1.
/// </summary>
[SuppressMessage(
    "Naming",
    "CA1710",
    Justification = "It is a refusal, with a sentence for the reader."
)]
public sealed class StartRefused(string message, Exception? cause = null)
    : Exception(message, cause)
{
    internal static StartRefused DiskFull(string folder, Exception? cause = null) =>
        new(
            $"The disk that holds {folder} is full (no space left on device): free some space and start again.",
            cause
        );

    internal static StartRefused Unusable(string folder, Exception cause) =>
        SaysDiskFull(cause.Message)
            ? DiskFull(folder, cause)
            : new(
                $"The folder {folder} cannot be used ({cause.Message.TrimEnd('.')}): make it writable for this user, "
                    + "or name another folder in LEDGER_DATA.",
                cause
            );

    internal static bool SaysDiskFull(string text) =>
        text.Contains("No space left on device", StringComparison.OrdinalIgnoreCase);
}
