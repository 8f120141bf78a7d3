using System.Text.Json;
using Verify.Entries;
using Verify.Fetching;

namespace Verify.Checks;

/// <summary>What the log lists as withheld: entries whose bytes are gone and whose hash stays.</summary>
/// <param name="Text">As it was served.</param>
/// <param name="Items">Index of the entry, and of the event that declares it; null = the log does not know it yet.</param>
/// <param name="Hashes">Leaf hash of the entry as the list has it, as far as it has one.</param>
public sealed record WithheldList(
    string Text,
    IReadOnlyDictionary<long, long?> Items,
    IReadOnlyDictionary<long, string> Hashes
)
{
    private const int Longest = 4 << 20;
    private static readonly JsonDocumentOptions s_json = new() { AllowDuplicateProperties = false };

    /// <summary>Reads it; a log that has none withholds nothing.</summary>
    public static async Task<WithheldList> ReadAsync(ISource source, CancellationToken cancellation)
    {
        var bytes = await source.ReadAsync(LogPath.Withheld, Longest, cancellation);
        if (bytes is null)
        {
            return new WithheldList(
                "",
                new Dictionary<long, long?>(),
                new Dictionary<long, string>()
            );
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, s_json);
            var list =
                json.RootElement.ValueKind == JsonValueKind.Object
                    ? json.RootElement.GetProperty("items")
                    : json.RootElement;
            var items = new Dictionary<long, long?>();
            var hashes = new Dictionary<long, string>();
            foreach (var item in list.EnumerateArray())
            {
                var declared = item.GetProperty("declaredBy");
                var index = item.GetProperty("index").GetInt64();
                if (
                    !items.TryAdd(
                        index,
                        declared.ValueKind == JsonValueKind.Null ? null : declared.GetInt64()
                    )
                )
                {
                    throw new JsonException("an entry is listed twice");
                }

                if (Entry.Text(item, "hash") is { } hash)
                {
                    hashes.Add(index, hash);
                }
            }

            return new WithheldList(Convert.ToBase64String(bytes), items, hashes);
        }
        catch (Exception e) when (Unreadable.Says(e))
        {
            throw new CannotCheckException(
                Obstacles.NotALog($"{source.Address} {LogPath.Withheld}")
            );
        }
    }

    /// <summary>Whether the event that declares an entry withheld is said to come after so many entries.</summary>
    public bool IsDeclaredBeyond(long size, long index) =>
        Items.TryGetValue(index, out var by) && (by is null || by >= size);

    /// <summary>Entries about which the list and the record itself disagree.</summary>
    /// <param name="size">Up to here the record was read.</param>
    /// <param name="withheld">Entries without bytes, each with its leaf hash in base64.</param>
    public IEnumerable<Fault> Differences(
        long size,
        IReadOnlyDictionary<long, string> withheld,
        IReadOnlyDictionary<long, (long Declared, string Subject)> declared
    ) =>
        Items
            .Where(i => i.Key < size && !IsDeclaredBeyond(size, i.Key))
            .Where(i => !declared.TryGetValue(i.Key, out var by) || by.Declared != i.Value)
            .Select(i => i.Key)
            .Concat(withheld.Keys.Where(i => !Items.ContainsKey(i)))
            .Concat(
                withheld
                    .Where(w => Hashes.TryGetValue(w.Key, out var hash) && hash != w.Value)
                    .Select(w => w.Key)
            )
            .Distinct()
            .Order()
            .Select(Faults.WithheldUnlisted);
}
