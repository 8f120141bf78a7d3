using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Transparency;

/// <summary>One act of the operator that took something away, as it is kept outside the database: enough to do it again after a restore.</summary>
/// <param name="Stream">The stream of both events.</param>
/// <param name="Declaration">Id of the event that declares it.</param>
/// <param name="Erased">What it declares, when values were erased.</param>
/// <param name="Withheld">What it declares, when an event was withheld.</param>
public sealed record ErasureAct(
    StreamKey Stream,
    Guid Declaration,
    Erased? Erased,
    Withheld? Withheld
)
{
    /// <summary>The declaring event.</summary>
    [JsonIgnore]
    public Event Event =>
        (Event?)Erased ?? Withheld ?? throw new FormatException("An act says nothing.");
}

/// <summary>
/// What was erased and withheld, one JSON object a line, beside the key. It holds no value that was taken away, only ids, digests and reasons.
/// </summary>
public static class ErasureFile
{
    /// <summary>Adds an act; it is on the disk when this returns.</summary>
    public static void Add(LogFolder folder, ErasureAct act)
    {
        Directory.CreateDirectory(folder.Folder);
        using var file = new FileStream(folder.ErasuresFile, FileMode.Append, FileAccess.Write);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(act, LedgerJson.Options));
        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
    }

    /// <summary>All acts, oldest first.</summary>
    /// <exception cref="LogFaultException">A line cannot be read; a last line that was cut off by a crash is passed over.</exception>
    public static IReadOnlyList<ErasureAct> Read(LogFolder folder)
    {
        if (!File.Exists(folder.ErasuresFile))
        {
            return [];
        }

        var text = File.ReadAllText(folder.ErasuresFile);
        var lines = text.Split('\n')[..^1];
        try
        {
            return
            [
                .. lines.Select(l =>
                    JsonSerializer.Deserialize<ErasureAct>(l, LedgerJson.Options)
                    ?? throw new FormatException("An act is null.")
                ),
            ];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new LogFaultException(
                $"{folder.ErasuresFile} cannot be read, so nobody can say what must be gone: {e.Message}",
                e
            );
        }
    }
}
