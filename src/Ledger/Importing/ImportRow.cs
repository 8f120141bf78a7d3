using System.Text.Json.Nodes;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>One item of a file as it was read; nothing of it is judged yet.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Item">Its fields: <c>id</c>, <c>stream</c>, <c>type</c> and those of the event; null when it cannot be read.</param>
/// <param name="Refusal">Why it cannot be read.</param>
internal sealed record ImportRow(long Line, JsonObject? Item, Decision.Refused? Refusal = null)
{
    /// <summary>Whether nothing can be read after it.</summary>
    public bool IsLast { get; init; }

    public static ImportRow Unreadable(long line, object why) =>
        new(line, null, Objections.Unreadable.Refuse(why));

    /// <summary>An item of a file without types.</summary>
    public static ImportRow Of(long line, Tree.Map map)
    {
        // The last of the three tells what the other fields are.
        var type = map.Fields.FirstOrDefault(f => f.Key == "type").Value
            is Tree.Scalar { Text: var name }
            ? Vocabulary.FindApi(name)
            : null;
        string[] head = ["id", "stream", "type"];
        var fields = map.Fields.Where(f => !head.Contains(f.Key)).ToList();
        var item = (JsonObject)new Tree.Map(fields).ToJson(type?.Record)!;
        foreach (var field in map.Fields.Where(f => head.Contains(f.Key)))
        {
            item[field.Key] = field.Value.ToJson(typeof(string));
        }

        return new ImportRow(line, item);
    }
}
