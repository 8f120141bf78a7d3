using System.Text.Json;
using Ledger.Catalogue;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>An event that rests on a passage.</summary>
/// <param name="Stream">The stream it is on.</param>
/// <param name="Type">Its type's name on the wire.</param>
/// <param name="Passage">As it counts now, with corrections applied.</param>
public sealed record Citation(StreamKey Stream, string Type, SourceRef Passage)
{
    /// <summary>Whether the passage is that of a promise itself; only these cover lines.</summary>
    public bool IsPromise => Type == "promised";
}

/// <summary>The registered sources, and everything that rests on a passage of one.</summary>
/// <param name="Sources">By the names of their streams.</param>
public sealed record Citations(
    IReadOnlyDictionary<string, SourceRegistered> Sources,
    IReadOnlyList<Citation> All
)
{
    /// <summary>What is on record.</summary>
    public static async Task<Citations> OnRecordAsync(
        EventStore.EventStore store,
        CancellationToken cancellation = default
    )
    {
        var sources = new Dictionary<string, SourceRegistered>(StringComparer.Ordinal);
        List<Citation> all = [];
        await foreach (
            var history in store.ReadAllHistoriesAsync(
                ["source", "council", "promise", "target"],
                long.MaxValue,
                cancellation
            )
        )
        {
            foreach (var e in EffectiveEvents.Of(history.Events))
            {
                if (e.Body is SourceRegistered registered)
                {
                    sources[history.Stream.Name] = registered;
                }

                if (e.Body.SourceRef is { } passage)
                {
                    all.Add(new Citation(history.Stream, e.Recorded.Type, passage));
                }
            }
        }

        return new Citations(sources, all);
    }

    /// <summary>What the catalogue's files say, before it is recorded for ever.</summary>
    /// <exception cref="CatalogueException">The files are wrong.</exception>
    public static Citations InSeeds(string folder)
    {
        var seeds = SeedFiles.Read(folder);
        return new Citations(
            seeds
                .Where(s => s.Type.Record == typeof(SourceRegistered))
                .ToDictionary(
                    s => s.Stream.Name,
                    s => Read<SourceRegistered>(s, s.Fields),
                    StringComparer.Ordinal
                ),
            [
                .. seeds
                    .Where(s => s.Fields["sourceRef"] is not null)
                    .Select(s => new Citation(
                        s.Stream,
                        s.Type.Name,
                        Read<SourceRef>(s, s.Fields["sourceRef"]!)
                    )),
            ]
        );
    }

    private static T Read<T>(Seed seed, System.Text.Json.Nodes.JsonNode fields)
    {
        try
        {
            return fields.Deserialize<T>(LedgerJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new CatalogueException([seed.Node.Fault(e.Message).Message]);
        }
    }
}
