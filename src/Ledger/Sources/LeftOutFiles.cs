using System.Text.Json.Nodes;
using Ledger.Catalogue;
using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>
/// Reads <c>seeds/left-out/</c>: which lines of a source the catalogue leaves out on purpose. Several files may name the same source;
/// together they become part of its <see cref="SourceRegistered"/>.
/// </summary>
internal sealed class LeftOutFiles
{
    private static readonly Dictionary<string, LeftOutReason> s_reasons =
        Enum.GetValues<LeftOutReason>()
            .ToDictionary(
                r => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(r.ToString()),
                StringComparer.Ordinal
            );

    private readonly List<Item> _items = [];

    private sealed record Item(string Source, SeedNode Node, LeftOut LeftOut);

    /// <summary>The items of one file; none of a file that lists facts, which is another thing.</summary>
    /// <exception cref="SeedException">It is neither.</exception>
    public static IEnumerable<SeedNode> ItemsOf(SeedNode file)
    {
        if (file.Has("facts"))
        {
            return [];
        }

        RefuseOthers(file, "source", "leftOut");
        file.Text("source");
        return file.Has("leftOut") ? file.Items("leftOut") : throw Missing(file, "leftOut");
    }

    /// <summary>Reads one item.</summary>
    /// <exception cref="SeedException">Something is wrong with it.</exception>
    public void Add(SeedNode file, SeedNode item)
    {
        RefuseOthers(item, "lines", "reason", "of");
        var (from, to) = item.Lines("lines");
        var reason = s_reasons.TryGetValue(item.Text("reason"), out var known)
            ? known
            : throw item.Fault(
                "reason",
                $"'{item.Text("reason")}' is no reason; there are {string.Join(", ", s_reasons.Keys)}"
            );
        var of = item.OptionalText("of");
        if (reason == LeftOutReason.Criterion != of is not null)
        {
            throw reason == LeftOutReason.Criterion
                ? Missing(item, "of")
                : item.Fault("of", "only a criterion belongs to a promise");
        }

        var source = file.Text("source");
        if (
            _items.FirstOrDefault(i =>
                i.Source == source && i.LeftOut.Lines.From <= to && from <= i.LeftOut.Lines.To
            ) is
            { } twin
        )
        {
            throw item.Fault(
                "lines",
                $"lines {from}-{to} are left out already in {twin.Node.File}:{twin.Node.Line}"
            );
        }

        _items.Add(new Item(source, item, new LeftOut(new LineRange(from, to), reason, of)));
    }

    /// <summary>What is left out of a source, in the order of its lines; null when no file names it.</summary>
    public JsonArray? Of(string source)
    {
        var found = _items
            .Where(i => i.Source == source)
            .OrderBy(i => i.LeftOut.Lines.From)
            .Select(i =>
                System.Text.Json.JsonSerializer.SerializeToNode(i.LeftOut, LedgerJson.Options)
            )
            .ToArray();
        return found.Length == 0 ? null : new JsonArray(found);
    }

    /// <summary>Refuses an item that names what the seeds do not hold, or lines that the source does not have.</summary>
    /// <param name="source">The registered source of a name; null when there is none.</param>
    /// <param name="hasPromise">Whether a promise of that name is in the seeds.</param>
    /// <returns>One complaint for each wrong item.</returns>
    public IEnumerable<SeedException> Unknown(
        Func<string, SeedNode?> source,
        Func<string, bool> hasPromise
    ) =>
        _items
            .Select(item =>
            {
                if (source(item.Source) is not { } document)
                {
                    return item.Node.Fault(
                        $"the source '{item.Source}' is unknown; see seeds/sources/"
                    );
                }

                var (first, last) = document.Lines("lines");
                return item.LeftOut.Lines.From < first || item.LeftOut.Lines.To > last
                        ? item.Node.Fault(
                            "lines",
                            $"lines {item.LeftOut.Lines.From}-{item.LeftOut.Lines.To} are outside of the source, which has {first}-{last}"
                        )
                    : item.LeftOut.Of is { } of && !hasPromise(of)
                        ? item.Node.Fault("of", $"the promise '{of}' is not in the seeds")
                    : null;
            })
            .OfType<SeedException>();

    private static SeedException Missing(SeedNode node, string field) =>
        node.Fault($"the field '{field}' is missing");

    private static void RefuseOthers(SeedNode node, params string[] known)
    {
        foreach (var field in node.ToJson().Select(f => f.Key).Except(known))
        {
            throw node.Fault(field, "this field is unknown here");
        }
    }
}
