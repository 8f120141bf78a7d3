using Npgsql;
using NpgsqlTypes;

namespace Projections.Search;

/// <summary>By how much the counts of words and facets change with a batch of promises.</summary>
internal sealed class Tally
{
    private const string Add = """
        with changed as (
          select municipality, kind, value, uses, case when kind = 'word' then string_to_array(trigrams, e'\n') end as trigrams
          from unnest($1, $2, $3, $4, $5) n (municipality, kind, value, uses, trigrams)
        ), letters as (
          insert into trigram (municipality, letters, word)
          select municipality, letters, value from changed, unnest(trigrams) letters where uses > 0
          on conflict do nothing
        )
        insert into tally as t (municipality, kind, value, uses, trigrams)
        select municipality, kind, value, uses, trigrams from changed
        on conflict (municipality, kind, value) do update set uses = t.uses + excluded.uses
        """;

    private const string Sweep = """
        with gone as (delete from tally where uses = 0 returning municipality, kind, value)
        delete from trigram t using gone where gone.kind = 'word' and (t.municipality, t.word) = (gone.municipality, gone.value)
        """;

    private readonly Dictionary<(string Municipality, string Kind, string Value), int> _changes =
    [];

    public void Count(string municipality, string kind, string value, int by)
    {
        var key = (municipality, kind, value);
        _changes[key] = _changes.GetValueOrDefault(key) + by;
    }

    /// <summary>Adds them to the table; what nothing uses any more goes, so that a rebuild comes to the same rows.</summary>
    public async Task AddAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var changes = _changes.Where(c => c.Value != 0).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Add, connection);
        Texts(changes.Select(c => c.Key.Municipality));
        Texts(changes.Select(c => c.Key.Kind));
        Texts(changes.Select(c => c.Key.Value));
        command.Parameters.Add(
            new NpgsqlParameter<int[]> { TypedValue = [.. changes.Select(c => c.Value)] }
        );
        Texts(
            changes.Select(c =>
                c.Key.Kind == "word" ? string.Join('\n', Words.Trigrams(c.Key.Value)) : ""
            )
        );
        await command.ExecuteNonQueryAsync(cancellation);
        if (changes.Exists(c => c.Value < 0))
        {
            await using var sweep = new NpgsqlCommand(Sweep, connection);
            await sweep.ExecuteNonQueryAsync(cancellation);
        }

        void Texts(IEnumerable<string> values) =>
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    Value = values.ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                }
            );
    }
}
