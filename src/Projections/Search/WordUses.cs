using Npgsql;
using NpgsqlTypes;

namespace Projections.Search;

/// <summary>By how much the numbers of promises that have a word change with a batch of promises.</summary>
internal sealed class WordUses
{
    private const string Add = """
        with changed as (
          select municipality, word, uses, string_to_array(trigrams, e'\n') as trigrams
          from unnest($1, $2, $3, $4) n (municipality, word, uses, trigrams)
        ), letters as (
          insert into trigram (municipality, letters, word)
          select municipality, letters, word from changed, unnest(trigrams) letters where uses > 0
          on conflict do nothing
        )
        insert into word as w (municipality, word, uses, trigrams) select * from changed
        on conflict (municipality, word) do update set uses = w.uses + excluded.uses
        """;

    private const string Sweep = """
        with gone as (delete from word where uses = 0 returning municipality, word)
        delete from trigram t using gone where (t.municipality, t.word) = (gone.municipality, gone.word)
        """;

    private readonly Dictionary<(string Municipality, string Word), int> _changes = [];

    public void Count(string municipality, string word, int by)
    {
        var key = (municipality, word);
        _changes[key] = _changes.GetValueOrDefault(key) + by;
    }

    /// <summary>Adds them to the tables; what nothing uses any more goes, so that a rebuild comes to the same rows.</summary>
    public async Task AddAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var changes = _changes.Where(c => c.Value != 0).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Add, connection);
        Texts(changes.Select(c => c.Key.Municipality));
        Texts(changes.Select(c => c.Key.Word));
        command.Parameters.Add(
            new NpgsqlParameter<int[]> { TypedValue = [.. changes.Select(c => c.Value)] }
        );
        Texts(changes.Select(c => string.Join('\n', Words.Trigrams(c.Key.Word))));
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
