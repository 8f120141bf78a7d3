using System.Globalization;
using System.Text;
using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Projections.Search;

/// <summary>What is looked for; null = any.</summary>
/// <param name="Deadline">A year, <see cref="SearchProjection.NoDeadline"/>, or <see cref="SearchReader.Overdue"/>.</param>
public sealed record SearchQuery(
    string Municipality,
    string? Text = null,
    string? Status = null,
    string? Topic = null,
    string? Source = null,
    string? Committee = null,
    string? Proponent = null,
    string? Deadline = null
);

/// <summary>What was found.</summary>
/// <param name="Total">How many, on all pages.</param>
/// <param name="Page">The streams of this page, best first; without a text in the order of their sources.</param>
/// <param name="Facets">By kind and value: how many there would be with that choice instead of the one that was made.</param>
/// <param name="Read">Words that stand nowhere, with what was taken for them; nothing when no word is like it.</param>
public sealed record SearchResult(
    int Total,
    IReadOnlyList<StreamKey> Page,
    ILookup<string, (string Value, int Count)> Facets,
    IReadOnlyList<(string Word, IReadOnlyList<string> For)> Read
);

/// <summary>Searches promises: by German word stems, parts of words, and words with a slip.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class SearchReader(NpgsqlDataSource database)
{
    /// <summary>As a deadline: a deadline that the source sets has passed without a final status.</summary>
    public const string Overdue = "ueberfaellig";

    /// <summary>A text search that finds nothing.</summary>
    public const string Nothing = "'x' & !'x'";

    private const int MostWords = 8;
    private const int MostContaining = 200;

    /// <summary>Searches.</summary>
    /// <param name="today">The day by which a deadline has passed or not.</param>
    public async Task<SearchResult> SearchAsync(
        SearchQuery query,
        DateOnly today,
        int offset,
        int limit,
        CancellationToken cancellation = default
    )
    {
        var (text, read) = query.Text is { } words
            ? await ReadAsync(query.Municipality, words, cancellation)
            : (null, []);
        await using var command = database.CreateCommand();
        var sql = new SearchSql(command, query, text, today);
        command.CommandText =
            query == new SearchQuery(query.Municipality)
                ? sql.Everything(offset, limit)
                : sql.Narrowed(offset, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var total = 0;
        List<StreamKey> page = [];
        List<(string Kind, string Value, int Count)> facets = [];
        while (await reader.ReadAsync(cancellation))
        {
            var (kind, value, count) = (
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt32(2)
            );
            switch (kind)
            {
                case "all":
                    total = count;
                    break;
                case "hit":
                    page.Add(StreamKey.Parse(value));
                    break;
                default:
                    facets.Add((kind, value, count));
                    break;
            }
        }

        return new SearchResult(
            total,
            page,
            facets.ToLookup(f => f.Kind, f => (f.Value, f.Count), StringComparer.Ordinal),
            read
        );
    }

    /// <summary>A text as PostgreSQL's <c>to_tsquery</c> reads it, without a look at the vocabulary; null when no word is in it.</summary>
    public static string? Plain(string text) =>
        Words.Of(text, 2) is { Count: > 0 } words
            ? string.Join(" & ", words.Take(MostWords).Select(w => $"'{w}':*"))
            : null;

    // Each word: its stem, words that contain it, or, where neither is known, the words most like it.
    private async Task<(string? Query, List<(string, IReadOnlyList<string>)> Read)> ReadAsync(
        string municipality,
        string text,
        CancellationToken cancellation
    )
    {
        var query = new StringBuilder();
        List<(string, IReadOnlyList<string>)> read = [];
        foreach (var word in Words.Of(text, 2).Take(MostWords))
        {
            var (stops, known, containing) = await KnownAsync(municipality, word, cancellation);
            if (stops)
            {
                continue;
            }

            IReadOnlyList<string> options = containing;
            if (!known && containing.Count == 0)
            {
                options = await AlikeAsync(municipality, word, cancellation);
                read.Add((word, options));
            }

            query
                .Append(query.Length > 0 ? " & " : "")
                .Append(CultureInfo.InvariantCulture, $"('{word}':*")
                .AppendJoin("", options.Select(o => $" | '{o}'"))
                .Append(')');
        }

        // Words that say nothing, such as "und", ask for nothing; signs that are no words are nowhere.
        return (
            query.Length > 0 ? query.ToString()
            : Words.Of(text, 2).Count > 0 ? null
            : Nothing,
            read
        );
    }

    private async Task<(bool Stops, bool Known, IReadOnlyList<string> Containing)> KnownAsync(
        string municipality,
        string word,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select numnode(q) = 0,
                   exists (select from search.promise where document @@ q and municipality = $1),
                   array (select value from search.tally
                          where municipality = $1 and kind = 'word' and trigrams @> $3 and value like '%' || $2 || '%'
                          limit {MostContaining})
            from to_tsquery('german', '''' || $2 || ''':*') q
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = municipality });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = word });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Words.Inner(word) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);

        // Two letters are in too many words to say anything.
        return (
            reader.GetBoolean(0),
            reader.GetBoolean(1),
            word.Length < 3 ? [] : reader.GetFieldValue<string[]>(2)
        );
    }

    private async Task<IReadOnlyList<string>> AlikeAsync(
        string municipality,
        string word,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            "select value from search.tally where municipality = $1 and kind = 'word' and trigrams && $2"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = municipality });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Words.Trigrams(word) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string Word, double Likeness)> alike = [];
        while (await reader.ReadAsync(cancellation))
        {
            var other = reader.GetString(0);
            if (
                Math.Abs(other.Length - word.Length) <= 4
                && Words.Likeness(word, other) is var likeness and >= Words.Alike
            )
            {
                alike.Add((other, likeness));
            }
        }

        var best = alike.Count == 0 ? 0 : alike.Max(a => a.Likeness);
        return
        [
            .. alike
                .Where(a => a.Likeness >= best - 0.1)
                .OrderByDescending(a => a.Likeness)
                .ThenBy(a => a.Word, StringComparer.Ordinal)
                .Take(5)
                .Select(a => a.Word),
        ];
    }
}
