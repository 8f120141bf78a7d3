using System.Runtime.InteropServices;
using System.Text;

namespace Ledger.Postgres;

/// <summary>The few calls of the operating system that .NET does not offer. The names are those of the manual pages.</summary>
internal static class Posix
{
    public const int Interrupt = 2;
    public const int Quit = 3;

    public readonly record struct User(string Name, uint Uid, uint Gid);

    /// <summary>Sends a signal; false if there is no such process or it is not ours to signal.</summary>
    public static bool Signal(int pid, int signal) => NativeMethods.kill(pid, signal) == 0;

    public static uint CurrentUid => NativeMethods.geteuid();

    /// <summary>The account of that name, or null.</summary>
    public static User? FindUser(string name) => ReadUser(NativeMethods.getpwnam(Text(name)));

    /// <summary>The account with that number, or null.</summary>
    public static User? FindUser(uint uid) => ReadUser(NativeMethods.getpwuid(uid));

    /// <summary>Gives a file to an account. A symbolic link itself is given away, never what it points to.</summary>
    /// <exception cref="IOException">The operating system refused.</exception>
    public static void GiveTo(string path, User user)
    {
        if (NativeMethods.lchown(Text(path), user.Uid, user.Gid) != 0)
            throw new IOException($"chown {path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Who owns a file (of a symbolic link: the link itself); null where the system cannot tell.</summary>
    public static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var found = new byte[256]; // struct statx, the same on every architecture; stx_uid is at byte 20
            const int currentFolder = -100;
            const int doNotFollow = 0x100;
            const uint uid = 0x8;
            return NativeMethods.statx(currentFolder, Text(path), doNotFollow, uid, found) == 0
                ? BitConverter.ToUInt32(found, 20)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Waits until what was renamed in a folder is on the disk.</summary>
    /// <exception cref="IOException">The operating system refused.</exception>
    public static void Flush(string folder)
    {
        var file = NativeMethods.open(Text(folder), 0);
        if (file < 0)
            throw new IOException($"open {folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (NativeMethods.fsync(file) != 0)
                throw new IOException($"fsync {folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = NativeMethods.close(file);
        }
    }

    /// <summary>The path without symbolic links anywhere in it; the path itself if it does not exist.</summary>
    public static string RealPath(string path)
    {
        var real = NativeMethods.realpath(Text(path), 0);
        if (real == 0)
            return path;
        try
        {
            return Marshal.PtrToStringUTF8(real)!;
        }
        finally
        {
            NativeMethods.free(real);
        }
    }

    // struct passwd begins with two pointers (name, password), then the two numbers, on every libc we run on.
    static User? ReadUser(nint entry) =>
        entry == 0
            ? null
            : new User(
                Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry))!,
                (uint)Marshal.ReadInt32(entry, 2 * IntPtr.Size),
                (uint)Marshal.ReadInt32(entry, (2 * IntPtr.Size) + 4)
            );

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    static class NativeMethods
    {
        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int kill(int pid, int signal);

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern uint geteuid();

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint getpwnam(byte[] name);

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint getpwuid(uint uid);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int open(byte[] path, int flags);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int fsync(int file);

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int close(int file);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int lchown(byte[] path, uint uid, uint gid);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int statx(
            int folder,
            byte[] path,
            int flags,
            uint mask,
            [Out] byte[] found
        );

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint realpath(byte[] path, nint buffer);

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern void free(nint pointer);
    }
}
