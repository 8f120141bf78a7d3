using System.Text.Json;
using Verify.Entries;
using Verify.Fetching;
using Verify.Notes;

namespace Verify.Checks;

/// <summary>
/// The keys that may sign: those that were given, their successors by signed statements of their own, and their predecessors for what was
/// signed before.
/// </summary>
public sealed class KeyChain
{
    private const int Longest = 1 << 20;
    private static readonly JsonDocumentOptions s_json = new() { AllowDuplicateProperties = false };

    private readonly List<VerifierKey> _keys;
    private readonly List<Rotation> _used = [];

    private KeyChain(IEnumerable<VerifierKey> given) => _keys = [.. given];

    /// <summary>All keys whose signatures count, those that were given first.</summary>
    public IReadOnlyList<VerifierKey> Keys => _keys;

    /// <summary>The statements that concern them.</summary>
    public IReadOnlyList<Rotation> Used => _used;

    /// <summary>Follows the statements that the log shows, and those remembered.</summary>
    /// <param name="remembered">Notes from earlier checks.</param>
    /// <exception cref="FaultException">A statement is not by the key that it names, or contradicts another.</exception>
    public static async Task<KeyChain> ReadAsync(
        ISource source,
        IReadOnlyList<VerifierKey> given,
        IEnumerable<string> remembered,
        CancellationToken cancellation
    )
    {
        var bytes = await source.ReadAsync(LogPath.Rotations, Longest, cancellation);
        List<Rotation> all = [];
        foreach (var text in (bytes is null ? [] : Notes(source, bytes)).Concat(remembered))
        {
            if (!Rotation.TryParse(text, out var rotation))
            {
                throw new CannotCheckException(
                    Obstacles.NotALog($"{source.Address} {LogPath.Rotations}")
                );
            }

            if (rotation.Old.Name != given[0].Name)
            {
                continue;
            }

            if (!rotation.IsSigned)
            {
                throw new FaultException(
                    Faults.RotationForged(Short(rotation.Old), Short(rotation.New))
                );
            }

            if (all.Exists(r => r.Old.IsSameAs(rotation.Old) && !r.New.IsSameAs(rotation.New)))
            {
                throw new FaultException(Faults.RotationForked(Short(rotation.Old)));
            }

            all.Add(rotation);
        }

        var chain = new KeyChain(given);
        chain.Follow(all);
        return chain;
    }

    /// <summary>Whether a checkpoint is signed by nobody but keys that had been replaced before it.</summary>
    public bool IsLate(Checkpoint checkpoint) => IsLate(checkpoint, _used);

    /// <summary>What the entries of the log say of its keys, against what was shown of them.</summary>
    /// <param name="announced">Statements that stand in entries.</param>
    public IEnumerable<Fault> Differences(Checkpoint checkpoint, IReadOnlySet<string> announced)
    {
        foreach (
            var rotation in _used.Where(r =>
                r.Size < checkpoint.Size && !announced.Contains(r.Text)
            )
        )
        {
            yield return Faults.RotationUnannounced(Short(rotation.Old), Short(rotation.New));
        }

        List<Rotation> said = [];
        foreach (var text in announced)
        {
            if (Rotation.TryParse(text, out var rotation) && rotation.IsSigned)
            {
                said.Add(rotation);
            }
        }

        if (IsLate(checkpoint, said))
        {
            yield return Faults.KeyRetired(checkpoint.Size);
        }
    }

    private bool IsLate(Checkpoint checkpoint, IEnumerable<Rotation> rotations) =>
        _keys
            .Where(k => checkpoint.Note.StateOf(k) == SignatureState.Valid)
            .All(k => rotations.Any(r => r.Old.IsSameAs(k) && checkpoint.Size > r.Size));

    private void Follow(List<Rotation> rotations)
    {
        for (var before = -1; before != _keys.Count; )
        {
            before = _keys.Count;
            foreach (var r in rotations)
            {
                var (old, next) = (Has(r.Old), Has(r.New));
                if (!old && !next)
                {
                    continue;
                }

                if (!next)
                {
                    _keys.Add(r.New);
                }

                if (!old)
                {
                    _keys.Add(r.Old);
                }

                if (!_used.Contains(r))
                {
                    _used.Add(r);
                }
            }
        }
    }

    private bool Has(VerifierKey key) => _keys.Exists(k => k.IsSameAs(key));

    private static string Short(VerifierKey key) => $"{key.Name}+{key.IdText}";

    private static List<string> Notes(ISource source, byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, s_json);
            return
            [
                .. json
                    .RootElement.GetProperty("items")
                    .EnumerateArray()
                    .Select(i => Entry.Text(i, "note") ?? throw new JsonException("no note")),
            ];
        }
        catch (Exception e) when (Unreadable.Says(e))
        {
            throw new CannotCheckException(
                Obstacles.NotALog($"{source.Address} {LogPath.Rotations}")
            );
        }
    }
}
