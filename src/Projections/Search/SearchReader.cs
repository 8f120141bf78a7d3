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
/// <param name="Everything">How many promises the municipality has.</param>
/// <param name="Total">How many were found, on all pages.</param>
/// <param name="Page">
/// The streams of this page, best first; without a text, and where thousands are found, in the order of their sources.
/// </param>
/// <param name="Facets">By kind and value: how many there would be with that choice instead of the one that was made.</param>
/// <param name="Read">Words that stand nowhere, with what was taken for them; nothing when no word is like it.</param>
public sealed record SearchResult(
    int Everything,
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

    // A word that more promises have than this says little about any of them, and to weigh each would take seconds.
    private const int MostRanked = 2_000;

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
        var (counts, everything) = (new List<(string Kind, string Value, int Count)>(), 0);
        var total = 0;
        await using (var command = database.CreateCommand())
        {
            command.CommandText = new SearchSql(command, query, text, today).Counts();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var (kind, count) = (reader.GetString(0), reader.GetInt32(2));
                _ = kind switch
                {
                    "everything" => everything = count,
                    "all" => total = count,
                    _ => Choice(kind, reader.GetString(1), count),
                };
            }
        }

        return new SearchResult(
            everything,
            total,
            await PageAsync(query, text, today, total, offset, limit, cancellation),
            counts.ToLookup(f => f.Kind, f => (f.Value, f.Count), StringComparer.Ordinal),
            read
        );

        int Choice(string kind, string value, int count)
        {
            counts.Add((kind, value, count));
            return count;
        }
    }

    private async Task<IReadOnlyList<StreamKey>> PageAsync(
        SearchQuery query,
        string? text,
        DateOnly today,
        int total,
        int offset,
        int limit,
        CancellationToken cancellation
    )
    {
        if (offset >= total)
        {
            return [];
        }

        await using var command = database.CreateCommand();
        command.CommandText = new SearchSql(command, query, text, today).Page(
            text is not null && total <= MostRanked,
            offset,
            limit
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<StreamKey> page = [];
        while (await reader.ReadAsync(cancellation))
        {
            page.Add(StreamKey.Parse(reader.GetString(0)));
        }

        return page;
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
            with asked as (
              select to_tsquery('german', '''' || $2 || ''':*') as q
            ), found as materialized (
              -- Apart, or PostgreSQL hopes to meet one soon and looks through all promises for what none has.
              select municipality from asked, search.promise where document @@ q
            )
            select numnode(q) = 0,
                   exists (select from found where municipality = $1),
                   array (select word from search.word
                          where municipality = $1 and trigrams @> $3 and word like '%' || $2 || '%'
                          limit {MostContaining})
            from asked
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
        // Alike means that the common runs are at least a quarter of the runs of both together; a word has one run more than letters, or
        // somewhat fewer where it repeats itself. (A limit to the words' lengths in "where" would make PostgreSQL expect few and sort many.)
        var trigrams = Words.Trigrams(word);
        await using var command = database.CreateCommand(
            """
            select word from search.trigram where municipality = $1 and letters = any ($2)
            group by word having count(*) * 4 >= $3 + length(word) - 1
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = municipality });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = trigrams });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = trigrams.Length });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string Word, double Likeness)> alike = [];
        while (await reader.ReadAsync(cancellation))
        {
            var other = reader.GetString(0);
            if (Words.Likeness(word, other) is var likeness and >= Words.Alike)
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
