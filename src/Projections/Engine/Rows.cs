using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Projections.Engine;

/// <summary>Set-based writes that read models share.</summary>
internal static class Rows
{
    /// <summary>Removes the rows of streams, by the table's column <c>stream</c>.</summary>
    public static async Task DeleteAsync(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<StreamHistory> histories,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"delete from {table} where stream = any ($1)",
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = histories.Select(h => h.Stream.ToString()).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            }
        );
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Copies rows into a table, column by column as <paramref name="write"/> says.</summary>
    public static async Task CopyAsync<T>(
        NpgsqlConnection connection,
        string table,
        string columns,
        IEnumerable<T> rows,
        Action<NpgsqlBinaryImporter, T> write,
        CancellationToken cancellation
    )
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            $"copy {table} ({columns}) from stdin (format binary)",
            cancellation
        );
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellation);
            write(importer, row);
        }

        await importer.CompleteAsync(cancellation);
    }

    /// <summary>Writes a text, or null.</summary>
    public static void Text(this NpgsqlBinaryImporter importer, string? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write(value, NpgsqlDbType.Text);
        }
    }

    /// <summary>Writes a day, or null.</summary>
    public static void Day(this NpgsqlBinaryImporter importer, DateOnly? value)
    {
        if (value is { } day)
        {
            importer.Write(day, NpgsqlDbType.Date);
        }
        else
        {
            importer.WriteNull();
        }
    }
}
