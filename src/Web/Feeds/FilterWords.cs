using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Projections;
using Projections.Feed;
using Web.Api.Problems;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Feeds;

/// <summary>What a filter wants, in words.</summary>
/// <param name="Names">What of it is German whatever is spoken, such as the name of a committee.</param>
public sealed record FilterTitle(string Words, IReadOnlyList<string> Names);

/// <summary>Says what a filter wants.</summary>
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
    ) => $"Zusagenbuch: {(await ShortTitleAsync(filter, reader, before, cancellation)).Words}";

    /// <summary>"Krefeld, Thema Klima", in English "Krefeld, topic Climate".</summary>
    /// <inheritdoc cref="TitleAsync"/>
    public static async Task<FilterTitle> ShortTitleAsync(
        FeedFilter filter,
        FeedReader reader,
        long before,
        CancellationToken cancellation
    )
    {
        List<string> parts = [];
        List<string> german = [];
        foreach (var facet in filter.Facets)
        {
            List<string> names = [];
            foreach (var value in filter[facet])
            {
                names.Add(
                    await NameAsync(facet, value, reader, before, german, cancellation)
                        ?? throw Refuse.NotFound($"'{value}' ({facet.Name}) is not on record.")
                );
            }

            parts.Add(Before(facet) + string.Join(Say(" oder ", " or "), names));
        }

        return new FilterTitle(parts.Count == 0 ? Everything : string.Join(", ", parts), german);
    }

    /// <summary>What a filter is called that wants everything.</summary>
    public static string Everything => Say("alle Änderungen", "all changes");

    /// <summary>What a filter is called that wants only what takes something back.</summary>
    public static string OnlyCorrections =>
        Say("nur Berichtigungen und Zurückgezogenes", "only corrections and retractions");

    /// <summary>"„finanziert“ erreicht oder verlassen", in English "changed to or from “funded”", without the quotation marks.</summary>
    public static string ReachedOrLeft(string status) =>
        Say($"{status} erreicht oder verlassen", $"changed to or from {status}");

    private static string Before(Facet facet) =>
        facet.Name switch
        {
            "promise" => Say("Zusage ", "promise "),
            "target" => Say("Ziel ", "target "),
            "source" => Say("Quelle ", "source "),
            "topic" => Say("Thema ", "topic "),
            "proponent" => Say("zugesagt von ", "promised by "),
            "type" => Say("Einträge ", "entries "),
            "status" => Say("Stand ", "status "),
            _ => "",
        };

    private static string Quoted(Text text) => Say($"„{text.De}“", $"“{text.Words()}”");

    private static async Task<string?> NameAsync(
        Facet facet,
        string value,
        FeedReader reader,
        long before,
        List<string> german,
        CancellationToken cancellation
    )
    {
        switch (facet.Name)
        {
            case "municipality":
                return await TownAsync(value);
            case "committee":
                if (await reader.CommitteeAsync(value, before, cancellation) is not { } committee)
                {
                    return null;
                }

                german.Add(committee);
                return $"{committee} ({await TownAsync(value.Split('/')[0])})";
            case "promise" or "target" or "source":
                var stream = StreamKey.Parse($"{facet.Name}:{value}");
                if (await reader.TitleAsync(stream, before, cancellation) is not { } title)
                {
                    return null;
                }

                german.AddRange(LanguageOf(title) is null ? [] : [title.De]);
                return Quoted(title);
            case "topic":
                return PromiseWords.Topic(value);
            case "type":
                return Quoted(Vocabulary.FindApi(value)!.Word);
            case "status":
                return value == Facet.Changed
                    ? Say("geändert", "changed")
                    : ReachedOrLeft(Quoted(EnumNames.Parse<PromiseStatus>(value).Word()));
            case "corrections":
                return OnlyCorrections;
            default:
                german.Add(value);
                return value;
        }

        async Task<string?> TownAsync(string town) =>
            (await reader.TitleAsync(StreamKey.Council(town), before, cancellation))?.De;
    }
}
