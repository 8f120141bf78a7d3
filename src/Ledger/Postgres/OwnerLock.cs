namespace Ledger.Postgres;

/// <summary>
/// The exclusive lock on <c>owner.lock</c>: whoever holds it starts and stops the server of that folder. The operating
/// system releases it when the process ends, however it ends.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    readonly FileStream file;

    OwnerLock(FileStream file) => this.file = file;

    /// <summary>The lock, or null while another process (or another server object of ours) holds it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    public static OwnerLock? TryTake(string folder)
    {
        var path = Path.Combine(folder, "owner.lock");
        try
        {
            var taken = new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            try
            {
                // Root in the folder of a normal user must not lock that user out tomorrow.
                if (
                    Environment.IsPrivilegedProcess
                    && Posix.OwnerOf(folder) is { } uid and not 0
                    && Posix.FindUser(uid) is { } user
                )
                    Posix.GiveTo(path, user);
                return new OwnerLock(taken);
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }
        catch (IOException refusal) when (IsHeld(refusal))
        {
            return null;
        }
    }

    // EWOULDBLOCK of Linux and of the BSD family, as .NET passes it on; on Windows ERROR_SHARING_VIOLATION.
    static bool IsHeld(IOException refusal) => (refusal.HResult & 0xffff) is 11 or 35 or 32;

    public void Dispose() => file.Dispose();
}
