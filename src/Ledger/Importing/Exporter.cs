using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;

namespace Ledger.Importing;

/// <summary>
/// Writes the record as files that can be imported again, in the order of the record. Left out is what only the ledger itself records.
/// Replies carry what they disclose; a file is a copy that no erasure reaches, so it is for the operator, not for the public.
/// </summary>
/// <param name="store">The record.</param>
public sealed class Exporter(EventStore.EventStore store)
{
    private const int Page = 1_000;

    /// <summary>Writes what was recorded before now.</summary>
    /// <param name="municipality">Name of a council's stream: only what belongs to it; null = everything.</param>
    public async Task WriteAsync(
        TextWriter writer,
        ImportFormat format,
        string? municipality = null,
        CancellationToken cancellation = default
    )
    {
        // The table is read twice; what is recorded between must not be in one of them alone.
        var end = await store.NextIndexAsync(cancellation);
        await (
            format switch
            {
                ImportFormat.Csv => CsvTable.WriteAsync(
                    writer,
                    () => ReadAsync(end, municipality, cancellation)
                ),
                ImportFormat.Yaml => YamlList.WriteAsync(
                    writer,
                    ReadAsync(end, municipality, cancellation)
                ),
                _ => JsonLines.WriteAsync(writer, ReadAsync(end, municipality, cancellation)),
            }
        );
    }

    private async IAsyncEnumerable<JsonObject> ReadAsync(
        long end,
        string? municipality,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var chosen = new HashSet<StreamKey>();
        for (var from = 0L; from < end; from += Page)
        {
            var page = await store.ReadAllAsync(
                from,
                (int)Math.Min(Page, end - from),
                cancellation
            );
            var events = page.Where(e => IsChosen(e, municipality, chosen)).ToList();
            var disclosed = await Disclosures.ReadAsync(store.Database, events, cancellation);
            var names = await ImportItems.NamesAsync(
                store.Database,
                [.. events.SelectMany(e => Referred(e.Body).Append(e.Id)).Distinct()],
                cancellation
            );
            foreach (var e in events)
            {
                yield return Item(e, Disclosures.Reveal(e.Body, disclosed[e.Id]), names);
            }
        }
    }

    private static bool IsChosen(RecordedEvent e, string? municipality, HashSet<StreamKey> chosen)
    {
        if (Vocabulary.Find(e.Type) is not { IsReserved: false })
        {
            return false;
        }

        // A stream's first event says whose it is, and is the first to be read.
        if (e.Version == 1 && (municipality is null || Belongs(e, municipality)))
        {
            chosen.Add(e.Stream);
        }

        return chosen.Contains(e.Stream);
    }

    private static bool Belongs(RecordedEvent e, string municipality) =>
        e.Body switch
        {
            Promised p => p.Municipality == municipality,
            TargetSet t => t.Municipality == municipality,
            SourceRegistered s => s.Municipality == municipality,
            CouncilRegistered => e.Stream.Name == municipality,
            _ => false,
        };

    private static JsonObject Item(RecordedEvent e, Event body, Dictionary<Guid, string> names)
    {
        var item = new JsonObject
        {
            ["id"] = names.GetValueOrDefault(e.Id, e.Id.ToString()),
            ["stream"] = e.Stream.ToString(),
            ["type"] = Vocabulary.Of(body).ApiName,
        };
        var fields = ItemJson.Of(body);
        if (body is Stated { Name: not null } or Stated { Text: not null })
        {
            fields.Remove("_sd");
            fields.Remove("_sd_alg");
        }

        foreach (var (name, value) in fields.ToList())
        {
            fields.Remove(name);
            item[name] =
                ItemJson.References.Contains(name)
                && names.TryGetValue(Guid.Parse(value!.GetValue<string>()), out var known)
                    ? known
                    : value;
        }

        return item;
    }

    private static IEnumerable<Guid> Referred(Event body) =>
        body switch
        {
            Corrected c => [c.Event],
            Retracted r => [r.Event],
            Restated r => [r.Measurement],
            Stated s => [s.About],
            _ => [],
        };
}
