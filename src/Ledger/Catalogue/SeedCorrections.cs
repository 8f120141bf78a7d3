using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Catalogue;

/// <summary>
/// Reads <c>seeds/corrections/</c>. A file of the catalogue says what holds now; a correction says what an item said before, and why that
/// was wrong. From both follow the event that was recorded first and the <c>corrected</c> events after it, so that an installation which
/// starts today has the same history as one that was there all the time.
/// </summary>
internal static class SeedCorrections
{
    private sealed record Entry(SeedNode Node, string Field, JsonNode? From, JsonObject Rest);

    /// <summary>The items as they were recorded first, followed by their corrections.</summary>
    /// <param name="seeds">The items as their files say them now.</param>
    /// <param name="corrections">The entries, oldest first, each with its fields as event JSON.</param>
    /// <param name="fault">Told what is wrong with an entry.</param>
    public static List<Seed> Apply(
        IReadOnlyList<Seed> seeds,
        IReadOnlyList<(SeedNode Node, JsonObject Fields)> corrections,
        Action<SeedException> fault
    )
    {
        if (corrections.Count == 0)
        {
            return [.. seeds];
        }

        var byItem = corrections
            .Select(c => (Item: c.Node.Text("item"), Entry: Read(c.Node, c.Fields)))
            .GroupBy(c => c.Item, c => c.Entry, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var known = seeds.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (item, entries) in byItem.Where(i => !known.Contains(i.Key)))
        {
            entries.ForEach(e =>
                fault(e.Node.Fault("item", $"there is no item '{item}' in the seeds"))
            );
        }

        List<Seed> recorded = [];
        List<Seed> after = [];
        foreach (var seed in seeds)
        {
            if (!byItem.TryGetValue(seed.Id, out var entries))
            {
                recorded.Add(seed);
                continue;
            }

            entries
                .Where(e => !HasField(seed, e.Field))
                .ToList()
                .ForEach(e =>
                    fault(e.Node.Fault("field", $"'{seed.Id}' has no field '{e.Field}'"))
                );
            var first = (JsonObject)seed.Fields.DeepClone();
            foreach (var field in entries.GroupBy(e => e.Field, StringComparer.Ordinal))
            {
                first[field.Key] = field.First().From?.DeepClone();
            }

            var original = seed.With(first);
            recorded.Add(original);
            foreach (var (entry, at) in entries.Select((e, at) => (e, at)))
            {
                var corrected = Corrected(original, seed, entry, entries, at);
                if (JsonNode.DeepEquals(corrected.Fields["from"], corrected.Fields["to"]))
                {
                    fault(entry.Node.Fault("from: this is what the item says now"));
                }

                after.Add(corrected);
            }
        }

        return [.. recorded, .. after];
    }

    private static bool HasField(Seed seed, string field) =>
        seed
            .Type.Record.GetProperties()
            .Any(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == field);

    private static Entry Read(SeedNode node, JsonObject fields)
    {
        var field = node.Text("field");
        var from = fields["from"];
        foreach (var own in (string[])["item", "field", "from"])
        {
            fields.Remove(own);
        }

        return new Entry(node, field, from, fields);
    }

    private static Seed Corrected(Seed original, Seed now, Entry entry, List<Entry> entries, int at)
    {
        // The next correction of the same field says what this one made of it; after the last one, the item's own file does.
        var next = entries.Skip(at + 1).FirstOrDefault(e => e.Field == entry.Field);
        var fields = (JsonObject)entry.Rest.DeepClone();
        fields["event"] = original.Id;
        fields["field"] = entry.Field;
        fields["from"] = entry.From?.DeepClone();
        fields["to"] = (next is null ? now.Fields[entry.Field] : next.From)?.DeepClone();
        return Seed.Of(
            $"correction:{entry.Node.Text("id")}",
            original.Stream,
            Recording.Vocabulary.Find("corrected")!,
            fields,
            entry.Node
        ) with
        {
            Corrects = original,
        };
    }
}
