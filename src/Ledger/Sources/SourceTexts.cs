using Npgsql;
using NpgsqlTypes;

namespace Ledger.Sources;

/// <summary>A source whose text is held, or was.</summary>
/// <param name="Sha256">Of the file it was read from.</param>
/// <param name="Lines">How many lines with text are held; 0 = forgotten again.</param>
/// <param name="Changed">When that was last changed. A page that shows the text is another one from then on.</param>
public sealed record SourceCopy(string Source, string Sha256, int Lines, DateTimeOffset Changed);

/// <summary>The texts of source documents that the operator has imported: ordinary rows beside the record, which can be erased.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class SourceTexts(NpgsqlDataSource database)
{
    /// <summary>Channel that tells that the text of a source was imported or forgotten; the payload is its name.</summary>
    public const string Channel = "ledger_source";

    /// <summary>Keeps a document's text in place of what is held of it.</summary>
    /// <returns>False when this very file is held already; then nothing changed.</returns>
    public async Task<bool> ImportAsync(
        string source,
        string sha256,
        SourceDocument document,
        CancellationToken cancellation = default
    )
    {
        var lines = document.Lines.Where(l => !l.IsEmpty).ToList();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var copy = new NpgsqlCommand(
            """
            insert into ledger.source_copy as held (source, sha256, lines) values ($1, $2, $3)
            on conflict (source) do update
              set sha256 = excluded.sha256, lines = excluded.lines, changed = clock_timestamp()
              where (held.sha256, held.lines) is distinct from (excluded.sha256, excluded.lines)
            """,
            connection
        );
        copy.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        copy.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sha256 });
        copy.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lines.Count });
        if (await copy.ExecuteNonQueryAsync(cancellation) == 0)
        {
            return false;
        }

        await DeleteAsync(connection, source, cancellation);
        await using (
            var importer = await connection.BeginBinaryImportAsync(
                "copy ledger.source_text (source, line, text) from stdin (format binary)",
                cancellation
            )
        )
        {
            foreach (var line in lines)
            {
                await importer.StartRowAsync(cancellation);
                await importer.WriteAsync(source, NpgsqlDbType.Varchar, cancellation);
                await importer.WriteAsync(line.Number, NpgsqlDbType.Integer, cancellation);
                await importer.WriteAsync(line.Text, NpgsqlDbType.Text, cancellation);
            }

            await importer.CompleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Erases what is held of a document.</summary>
    /// <returns>How many lines were erased; 0 when none were held.</returns>
    public async Task<int> ForgetAsync(string source, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var copy = new NpgsqlCommand(
            "update ledger.source_copy set lines = 0, changed = clock_timestamp() where source = $1 and lines > 0",
            connection
        );
        copy.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        // Only who holds the row may delete its lines: an import that commits just after this
        // statement would lose its lines and keep its count.
        if (await copy.ExecuteNonQueryAsync(cancellation) == 0)
        {
            return 0;
        }

        var erased = await DeleteAsync(connection, source, cancellation);
        await transaction.CommitAsync(cancellation);
        return erased;
    }

    /// <summary>Every source of which text is held, or was.</summary>
    public async Task<IReadOnlyList<SourceCopy>> ListAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select source, sha256, lines, changed from ledger.source_copy order by source"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<SourceCopy> copies = [];
        while (await reader.ReadAsync(cancellation))
        {
            copies.Add(
                new(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetInt32(2),
                    reader.GetFieldValue<DateTimeOffset>(3)
                )
            );
        }

        return copies;
    }

    /// <summary>The lines with text from one number to another, in order; empty when the document is not held.</summary>
    public async Task<IReadOnlyList<DocumentLine>> LinesAsync(
        string source,
        int from,
        int to,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select line, text from ledger.source_text where source = $1 and line between $2 and $3 order by line"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DocumentLine> lines = [];
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(new(reader.GetInt32(0), reader.GetString(1)));
        }

        return lines;
    }

    private static async Task<int> DeleteAsync(
        NpgsqlConnection connection,
        string source,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "delete from ledger.source_text where source = $1",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        var deleted = await command.ExecuteNonQueryAsync(cancellation);
        await using var notify = new NpgsqlCommand("select pg_notify($1, $2)", connection);
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        await notify.ExecuteNonQueryAsync(cancellation);
        return deleted;
    }
}
