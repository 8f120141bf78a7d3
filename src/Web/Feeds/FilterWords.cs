using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Projections;
using Projections.Feed;
using Web.Api.Problems;
using Web.Pages.Wording;

namespace Web.Feeds;

/// <summary>What a filter wants, in German words.</summary>
public static class FilterWords
{
    /// <summary>"Zusagenbuch: Krefeld, Thema Klima".</summary>
    /// <param name="before">Names are those that held before this index.</param>
    /// <exception cref="ProblemException">It asks for something that is not on record.</exception>
    public static async Task<string> TitleAsync(
        FeedFilter filter,
        FeedReader reader,
        long before,
        CancellationToken cancellation
    )
    {
        List<string> parts = [];
        foreach (var facet in filter.Facets)
        {
            List<string> names = [];
            foreach (var value in filter[facet])
            {
                names.Add(
                    await NameAsync(facet, value, reader, before, cancellation)
                        ?? throw Refuse.NotFound($"'{value}' ({facet.Name}) is not on record.")
                );
            }

            parts.Add(Before(facet) + string.Join(" oder ", names));
        }

        return $"Zusagenbuch: {(parts.Count == 0 ? "alle Änderungen" : string.Join(", ", parts))}";
    }

    private static string Before(Facet facet) =>
        facet.Name switch
        {
            "promise" => "Zusage ",
            "target" => "Ziel ",
            "source" => "Quelle ",
            "topic" => "Thema ",
            "proponent" => "zugesagt von ",
            "type" => "Einträge ",
            "status" => "Stand ",
            _ => "",
        };

    private static async Task<string?> NameAsync(
        Facet facet,
        string value,
        FeedReader reader,
        long before,
        CancellationToken cancellation
    )
    {
        switch (facet.Name)
        {
            case "municipality":
                return await reader.TitleAsync(StreamKey.Council(value), before, cancellation);
            case "committee":
                return await reader.CommitteeAsync(value, before, cancellation) is { } name
                    ? $"{name} ({await reader.TitleAsync(StreamKey.Council(value.Split('/')[0]), before, cancellation)})"
                    : null;
            case "promise" or "target" or "source":
                return
                    await reader.TitleAsync(
                        StreamKey.Parse($"{facet.Name}:{value}"),
                        before,
                        cancellation
                    )
                        is { } title
                    ? $"„{title}“"
                    : null;
            case "topic":
                return PromiseWords.Topic(value);
            case "type":
                return $"„{Vocabulary.FindApi(value)!.Word.De}“";
            case "status":
                return value == Facet.Changed
                    ? "geändert"
                    : $"„{EnumNames.Parse<PromiseStatus>(value).Word().De}“ erreicht oder verlassen";
            case "corrections":
                return "nur Berichtigungen und Zurückgezogenes";
            default:
                return value;
        }
    }
}
