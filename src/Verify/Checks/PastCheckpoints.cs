using System.Globalization;
using System.Text;
using System.Text.Json;
using Verify.Entries;
using Verify.Fetching;
using Verify.Notes;

namespace Verify.Checks;

/// <summary>
/// The checkpoints that the log itself says it published. They prove nothing about who saw them, but a log that contradicts its own signed
/// past is caught, and a witness's signature under one of them holds whoever shows it.
/// </summary>
public static class PastCheckpoints
{
    private const int Longest = 4 << 20;
    private const int MostPages = 10;
    private static readonly JsonDocumentOptions s_json = new() { AllowDuplicateProperties = false };

    /// <summary>The newest of them, as far as one of the keys signed them; a log need not have such a list.</summary>
    public static async Task<IReadOnlyList<Checkpoint>> ReadAsync(
        ISource source,
        IReadOnlyList<VerifierKey> keys,
        CancellationToken cancellation
    )
    {
        List<Checkpoint> found = [];
        long? below = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = below is { } size
                ? string.Create(CultureInfo.InvariantCulture, $"{LogPath.Checkpoints}?below={size}")
                : LogPath.Checkpoints;
            if (await source.ReadAsync(path, Longest, cancellation) is not { } bytes)
            {
                break;
            }

            below = Read(source, bytes, keys, found);
            if (below is null)
            {
                break;
            }
        }

        return found;
    }

    private static long? Read(
        ISource source,
        byte[] bytes,
        IReadOnlyList<VerifierKey> keys,
        List<Checkpoint> found
    )
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, s_json);
            foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
            {
                if (
                    Entry.Text(item, "note") is { } note
                    && Checkpoint.TryParse(Encoding.UTF8.GetBytes(note), out var checkpoint)
                    && keys.Any(k =>
                        k.Name == checkpoint.Origin
                        && checkpoint.Note.StateOf(k) == SignatureState.Valid
                    )
                )
                {
                    found.Add(checkpoint);
                }
            }

            return
                json.RootElement.TryGetProperty("next", out var next)
                && next.ValueKind == JsonValueKind.Number
                ? next.GetInt64()
                : null;
        }
        catch (Exception e) when (Unreadable.Says(e))
        {
            throw new CannotCheckException(
                Obstacles.NotALog($"{source.Address} {LogPath.Checkpoints}")
            );
        }
    }
}
