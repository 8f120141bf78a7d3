using Ledger.Promises;

namespace Projections.Search;

/// <summary>The words of a promise that a search looks into, from those that say most to those that say least.</summary>
/// <param name="Title">In both languages.</param>
/// <param name="Rest">Heading in the source, who promised.</param>
public sealed record SearchText(string Title, string Summary, string Rest)
{
    public static SearchText Of(Promised first) =>
        new(
            $"{first.Title.De} {first.Title.En}".TrimEnd(),
            first.Summary?.De ?? "",
            string.Join(' ', [first.Chapter, .. first.Proponents])
        );

    public string Whole => $"{Title} {Summary} {Rest}";
}
