using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;

namespace Ledger.Transparency;

/// <summary>
/// Erasing and withholding, which only the operator can: through functions that only the owner of the tables may call. Each act is kept outside
/// the database first, then declared by an event in the same transaction that takes the values away; nothing else may change.
/// </summary>
/// <param name="owner">Connections that act as <c>ledger_owner</c>.</param>
/// <param name="folder">Where acts are kept.</param>
public sealed class OperatorErasure(NpgsqlDataSource owner, LogFolder folder, TimeProvider clock)
{
    /// <summary>Who the record says did it.</summary>
    public const string Operator = "operator";

    private readonly EventStore.EventStore _store = new(owner);

    /// <summary>Connections as the owner of the tables.</summary>
    /// <param name="connectionString">Of a role that may become the owner.</param>
    public static NpgsqlDataSource OpenOwner(string connectionString) =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                Options = $"-c role={Schema.Owner}",
                MaxPoolSize = 2,
            }
        );

    /// <summary>Erases personal values of an event.</summary>
    /// <param name="id">The event.</param>
    /// <param name="names">Which: <c>name</c>, <c>text</c>; empty = all that are left.</param>
    /// <param name="ground">Why, and on what legal ground.</param>
    /// <returns>The decision; what was accepted is done.</returns>
    public async Task<Decision> EraseAsync(
        Guid id,
        IReadOnlyCollection<string> names,
        Text ground,
        CancellationToken cancellation = default
    )
    {
        if (await _store.FindAsync(id, cancellation) is not { } target)
        {
            return Objections.EventNotOnStream.Refuse(id);
        }

        List<string> digests = [];
        if (!IsBlank(target) && target.Body is Stated { Digests: { } all })
        {
            var beside = await Disclosures.ReadAsync(owner, [target], cancellation);
            digests =
                names.Count == 0
                    ? [.. all.Where(d => beside[id].Any(b => b.Digest == d))]
                    : [.. beside[id].Where(b => names.Contains(b.Name)).Select(b => b.Digest)];
        }

        return await DoAsync(
            target.Stream,
            new Erased
            {
                Event = id,
                Digests = digests,
                Ground = ground,
                Scope = Scope.Context,
                RecordedBy = Operator,
            },
            cancellation
        );
    }

    /// <summary>Withholds an event whole.</summary>
    /// <param name="index">Its log index; it must be sealed.</param>
    /// <inheritdoc cref="EraseAsync" path="/returns"/>
    public async Task<Decision> WithholdAsync(
        long index,
        Text ground,
        CancellationToken cancellation = default
    )
    {
        if (
            (await _store.ReadAllAsync(index, 1, cancellation)) is not [var target]
            || (await new LogReader(owner).HeadAsync(cancellation)).Size <= index
        )
        {
            throw new LogFaultException(
                $"There is no sealed entry {index}; one that was recorded just now is sealed in a moment."
            );
        }

        return await DoAsync(
            target.Stream,
            new Withheld
            {
                Event = target.Id,
                Index = index,
                Ground = ground,
                Scope = Scope.Context,
                RecordedBy = Operator,
            },
            cancellation
        );
    }

    /// <summary>
    /// Does everything again that the file outside the database says, where the database does not say it: after an older backup was restored.
    /// </summary>
    /// <returns>How many acts were missing.</returns>
    public async Task<int> ReapplyAsync(CancellationToken cancellation = default)
    {
        var missing = 0;
        foreach (var act in ErasureFile.Read(folder))
        {
            if (await IsMissingAsync(act, cancellation))
            {
                missing++;
                await CarryOutAsync(
                    act,
                    await _store.FindAsync(act.Declaration, cancellation) is null,
                    cancellation
                );
            }
        }

        if (missing > 0)
        {
            await VacuumAsync(cancellation);
        }

        return missing;
    }

    /// <summary>
    /// Whether something that was taken away is in the database again; needs no right to take it away.
    /// </summary>
    public static async Task<bool> IsAnyMissingAsync(
        NpgsqlDataSource database,
        LogFolder folder,
        CancellationToken cancellation = default
    )
    {
        var reader = new OperatorErasure(database, folder, TimeProvider.System);
        foreach (var act in ErasureFile.Read(folder))
        {
            if (await reader.IsMissingAsync(act, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<Decision> DoAsync(
        StreamKey stream,
        Event declaration,
        CancellationToken cancellation
    )
    {
        var events = await _store.ReadStreamAsync(stream, cancellation: cancellation);
        var today = BerlinTime.DayOf(clock.GetUtcNow());
        declaration = declaration with
        {
            Occurred = Edtf.Parse(today.ToString("yyyy-MM-dd", null)),
            OccurredBasis = OccurredBasis.Event,
        };
        var decision = Erasures.Decide(stream, events, declaration);
        if (decision is Decision.Accepted)
        {
            var act = new ErasureAct(
                stream,
                Guid.CreateVersion7(),
                declaration as Erased,
                declaration as Withheld
            );

            // First outside: an act that is kept and not done is done on the next start; the other way round it would be forgotten.
            ErasureFile.Add(folder, act);
            await CarryOutAsync(act, isNew: true, cancellation);
            await VacuumAsync(cancellation);
        }

        return decision;
    }

    private async Task CarryOutAsync(ErasureAct act, bool isNew, CancellationToken cancellation)
    {
        if (!isNew)
        {
            await using var connection = await owner.OpenConnectionAsync(cancellation);
            await TakeAwayAsync(connection, act, cancellation);
            return;
        }

        var version = (await _store.ReadStreamAsync(act.Stream, cancellation: cancellation)).Count;
        if (version == 0)
        {
            return; // Restored from before the stream began: nothing of it is there.
        }

        await _store.AppendAsync(
            [new Append(act.Stream, version, [new NewEvent(act.Event) { Id = act.Declaration }])],
            AppendContext.None,
            connection => TakeAwayAsync(connection, act, cancellation),
            cancellation
        );
    }

    private static async Task TakeAwayAsync(
        NpgsqlConnection connection,
        ErasureAct act,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        if (act.Erased is { } erased)
        {
            command.CommandText = "select ledger.erase_disclosed($1, $2)";
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = erased.Event });
            command.Parameters.Add(
                new NpgsqlParameter<string[]> { TypedValue = [.. erased.Digests] }
            );
        }
        else if (act.Withheld is { } withheld)
        {
            command.CommandText = "select ledger.withhold($1, $2, $3)";
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = withheld.Event });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = withheld.Index });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = act.Declaration });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    // Its target is in the database, and what was taken from it, too.
    private async Task<bool> IsMissingAsync(ErasureAct act, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(
            act.Erased is not null
                ? "select exists (select from ledger.disclosure where event_id = $1 and digest = any ($2))"
                : "select exists (select from ledger.log_index i join ledger.log_entry using (idx) where i.event_id = $1 and i.idx = $2) "
                    + "and not exists (select from ledger.log_withheld where event_id = $1)"
        );
        command.Parameters.Add(
            new NpgsqlParameter<Guid> { TypedValue = act.Erased?.Event ?? act.Withheld!.Event }
        );
        command.Parameters.Add(
            act.Erased is { } erased
                ? new NpgsqlParameter<string[]> { TypedValue = [.. erased.Digests] }
                : new NpgsqlParameter<long> { TypedValue = act.Withheld!.Index }
        );
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // A deleted row stays in the table's file until it is vacuumed.
    private async Task VacuumAsync(CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(
            "vacuum ledger.disclosure, ledger.mt_events, ledger.log_entry, ledger.submission"
        );
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static bool IsBlank(RecordedEvent e) => e.Data.Span.SequenceEqual("{}"u8);
}
