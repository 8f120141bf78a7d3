using Npgsql;

namespace Ledger.Transparency;

/// <summary>Looks over the log for what must never be: the operator's own view, in <c>./ledger check</c> and in health.</summary>
public static class LogCheck
{
    private const string Unsealed = """
        select format('%s events are older than a minute and not sealed, from index %s on.', count(*), min(i.idx))
        from ledger.log_index i
        where i.idx >= (select size from ledger.log_tree) and i.recorded < clock_timestamp() - interval '1 minute'
        having count(*) > 0
        """;

    private const string Ahead = """
        select format('The log has %s entries, more than the %s that are recorded.', t.size, h.next)
        from ledger.log_tree t, ledger.log_head h where t.size > h.next
        """;

    private const string Unpublished = """
        select format('The published checkpoint has %s entries, more than the %s that are sealed.', max(c.size), max(t.size))
        from ledger.log_checkpoint c, ledger.log_tree t where c.published is not null having max(c.size) > max(t.size)
        """;

    /// <summary>What can be seen without reading every entry.</summary>
    /// <returns>A sentence for each fault; none when all is well.</returns>
    public static async Task<IReadOnlyList<string>> QuickAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation = default
    )
    {
        List<string> faults = [];
        foreach (var query in (string[])[Unsealed, Ahead, Unpublished])
        {
            await using var command = database.CreateCommand(query);
            if (await command.ExecuteScalarAsync(cancellation) is string fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    /// <summary>
    /// Everything: each event's row made canonical again against its entry and its leaf hash, tiles, root and each checkpoint against a tree that
    /// is grown anew. Memory stays flat.
    /// </summary>
    /// <param name="progress">Told how many entries are checked, of how many.</param>
    /// <inheritdoc cref="QuickAsync" path="/returns"/>
    public static async Task<IReadOnlyList<string>> WholeAsync(
        NpgsqlDataSource database,
        string origin,
        Action<long, long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        List<string> faults = [.. await QuickAsync(database, cancellation)];
        var check = new WholeLogCheck(database, origin, faults);
        await check.RunAsync(progress, cancellation);
        return faults;
    }
}
