using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Verify.Fetching;
using Verify.Notes;

namespace Verify;

/// <summary>
/// A watchdog's memory of one log: every checkpoint that was verified, one file each, and the notes that contradict each other. What is here
/// cannot be taken back by whoever runs the log.
/// </summary>
public sealed class Saved : IDisposable
{
    private const string Extension = ".checkpoint";
    private const string Change = ".rotation";
    private const int Longest = 1 << 20;
    private readonly string _folder;
    private readonly FileStream _lock;

    private Saved(string folder, FileStream held)
    {
        _folder = folder;
        _lock = held;
    }

    /// <summary>Opens the memory of a log, or begins it. Only one check at a time may use it.</summary>
    public static Saved Open(string folder, string origin)
    {
        // Two origins never share a folder, whatever characters they hold.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..8];
        var name = string.Concat(
            origin.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')
        );
        var own = Path.Combine(folder, $"{name[..Math.Min(name.Length, 80)]}-{hash}");
        try
        {
            Directory.CreateDirectory(own);
            return new Saved(
                own,
                new FileStream(
                    Path.Combine(own, "lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                )
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotCheckException(Obstacles.StateUnusable(own, e.Message));
        }
    }

    /// <summary>The checkpoints, smallest first. Each must be signed by one of the keys.</summary>
    public IReadOnlyList<Checkpoint> Read(IReadOnlyList<VerifierKey> keys)
    {
        List<Checkpoint> all = [];
        foreach (
            var file in Directory
                .EnumerateFiles(_folder, $"*{Extension}")
                .Order(StringComparer.Ordinal)
        )
        {
            if (
                new FileInfo(file).Length > Longest
                || !Checkpoint.TryParse(File.ReadAllBytes(file), out var checkpoint)
            )
            {
                throw new CannotCheckException(
                    Obstacles.StateUnusable(file, "kein Stand eines Logbuchs / no checkpoint")
                );
            }

            if (keys.All(k => checkpoint.Note.StateOf(k) != SignatureState.Valid))
            {
                throw new CannotCheckException(
                    Obstacles.OtherLog(
                        file,
                        checkpoint.Origin,
                        string.Join(", ", keys.Select(k => $"{k.Name}+{k.IdText}"))
                    )
                );
            }

            all.Add(checkpoint);
        }

        return all;
    }

    /// <summary>Statements of changes of keys that were seen before.</summary>
    public IReadOnlyList<string> Rotations() =>
        [
            .. Directory
                .EnumerateFiles(_folder, $"*{Change}")
                .Order(StringComparer.Ordinal)
                .Where(f => new FileInfo(f).Length <= Longest)
                .Select(File.ReadAllText),
        ];

    /// <summary>Keeps a statement, so that the old key cannot name another successor later.</summary>
    public Task KeepAsync(Rotation rotation, CancellationToken cancellation) =>
        Atomically.WriteAsync(
            Path.Combine(_folder, $"{rotation.Old.IdText}-{rotation.New.IdText}{Change}"),
            Encoding.UTF8.GetBytes(rotation.Text),
            cancellation
        );

    /// <summary>Keeps a verified checkpoint; of the same one with later cosignatures the later.</summary>
    public Task KeepAsync(Checkpoint checkpoint, CancellationToken cancellation) =>
        Atomically.WriteAsync(
            Path.Combine(
                _folder,
                $"{checkpoint.Size.ToString("D20", CultureInfo.InvariantCulture)}{Extension}"
            ),
            checkpoint.Bytes,
            cancellation
        );

    /// <summary>Puts contradicting notes side by side, so that anybody can be shown both.</summary>
    /// <returns>The folder.</returns>
    public async Task<string> AccuseAsync(
        IEnumerable<Checkpoint> notes,
        CancellationToken cancellation
    )
    {
        var folder = Path.Combine(_folder, "evidence");
        foreach (var note in notes)
        {
            var root = Convert.ToHexStringLower(note.Root.Span)[..16];
            await Atomically.WriteAsync(
                Path.Combine(
                    folder,
                    $"{note.Size.ToString("D20", CultureInfo.InvariantCulture)}-{root}{Extension}"
                ),
                note.Bytes,
                cancellation
            );
        }

        return folder;
    }

    public void Dispose() => _lock.Dispose();
}
