using System.Text;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Transparency;
using Web.Log;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Events;

/// <summary>All that the page of one event shows.</summary>
/// <param name="Title">What kind of event it is.</param>
/// <param name="Fields">Everything that it says; none when it is withheld.</param>
/// <param name="Canonical">The bytes that are in the log, or will be; null when it is withheld.</param>
/// <param name="LeafHash">Of those bytes; stays when they are withheld.</param>
/// <param name="IsSealed">Whether the log holds it.</param>
/// <param name="Covered">The first checkpoint that covers it; null while none does.</param>
/// <param name="Newest">The newest checkpoint, if it covers it: the one that the proof leads to.</param>
/// <param name="Cosigned">Who cosigned the newest one.</param>
/// <param name="Proof">The hashes from its sibling up to the child of the root.</param>
/// <param name="WithheldBy">Log index of the event that withholds it.</param>
/// <param name="Place">Where it stands among others; null when nowhere.</param>
public sealed record EventModel(
    RecordedEvent Event,
    string Title,
    IReadOnlyList<EventField> Fields,
    string? Canonical,
    byte[] LeafHash,
    bool IsSealed,
    SignedCheckpoint? Covered,
    SignedCheckpoint? Newest,
    IReadOnlyList<string> Cosigned,
    IReadOnlyList<byte[]> Proof,
    long? WithheldBy,
    bool IsWithheld,
    string? Place
)
{
    // What it is about comes before how it was recorded; the rest as it is stored.
    private static readonly string[] s_first =
    [
        "title",
        "summary",
        "occurred",
        "occurredBasis",
        "field",
        "from",
        "to",
        "value",
        "unit",
        "amount",
        "currency",
    ];
    private static readonly string[] s_last =
    [
        "scope",
        "confidence",
        "evidence",
        "sourceRef",
        "recordedBy",
        "reviewedBy",
    ];

    public static async Task<EventModel?> LoadAsync(
        Guid id,
        EventStore store,
        LogReader log,
        ReadLogIdentity identity,
        string? place,
        CancellationToken cancellation
    )
    {
        if (await store.FindAsync(id, cancellation) is not { } e)
        {
            return null;
        }

        var entry = await log.FindEntryAsync(id, cancellation);
        var withheld = (await log.WithheldAsync(cancellation)).GetValueOrDefault(e.Index);
        var bytes = entry is null
            ? CanonicalEntry.Of((await identity(cancellation)).Origin, e)
            : entry.Bytes;
        var newest = await log.PublishedAsync(cancellation);
        if (newest?.Size <= e.Index)
        {
            newest = null;
        }

        return new EventModel(
            e,
            Vocabulary.Find(e.Type)?.Word.Words() ?? e.Type,
            withheld is null ? await FieldsAsync(e, store, cancellation) : [],
            bytes is null ? null : Encoding.UTF8.GetString(bytes),
            entry?.LeafHash ?? Rfc6962.LeafHash(bytes),
            entry is not null,
            newest is null ? null : await log.CoveringAsync(e.Index, cancellation),
            newest,
            newest is null
                ? []
                : [.. (await log.CosignaturesAsync(newest.Size, cancellation)).Select(c => c.Name)],
            newest is null
                ? []
                : await log.HashesAsync(Proofs.ProveRecord(e.Index, newest.Size), cancellation),
            withheld?.DeclaredBy,
            withheld is not null,
            place
        );
    }

    private static async Task<IReadOnlyList<EventField>> FieldsAsync(
        RecordedEvent e,
        EventStore store,
        CancellationToken cancellation
    )
    {
        using var data = JsonDocument.Parse(e.Data);
        List<EventField> fields =
        [
            .. data
                .RootElement.EnumerateObject()
                .Where(p =>
                    p.Value is not { ValueKind: JsonValueKind.Array } list
                    || list.GetArrayLength() > 0
                )
                .OrderBy(p => Array.IndexOf(s_last, p.Name))
                .ThenBy(p =>
                    Array.IndexOf(s_first, p.Name) is >= 0 and var at ? at : s_first.Length
                )
                .Select(p =>
                    // A correction holds what it corrects: it reads as the corrected field does.
                    e.Type == "corrected"
                    && p.Name is "from" or "to"
                    && data.RootElement.GetProperty("field").GetString() is { } corrected
                        ? new EventField(
                            p.Name,
                            FieldWords.Label(e.Type, p.Name),
                            FieldValues.Of("", corrected, p.Value)
                        )
                        : FieldValues.Field(e.Type, p.Name, p.Value)
                ),
        ];
        if (data.RootElement.TryGetProperty("_sd", out _))
        {
            var disclosed = (await Disclosures.ReadAsync(store.Database, [e], cancellation))[e.Id];
            fields.AddRange(
                Disclosures.PersonalFields.Select(name =>
                    Personal(name, disclosed.FirstOrDefault(d => d.Name == name)?.Value)
                )
            );
        }

        return fields;
    }

    private static EventField Personal(string name, string? value) =>
        new(
            name,
            name == "name" ? "Name" : Say("Aussage", "Statement"),
            new FieldValue.Words(
                value ?? Disclosures.Erased.Words(),
                value is null ? null : OfGermanPart
            )
        );
}
