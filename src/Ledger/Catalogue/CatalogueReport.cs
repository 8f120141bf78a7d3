using System.Text;

namespace Ledger.Catalogue;

/// <summary>
/// Where each researched fact went: onto which stream, as which event, or why it stayed out. A Markdown page made from the seeds and from
/// <c>seeds/left-out/</c>, so that nothing is dropped in silence.
/// </summary>
public static class CatalogueReport
{
    /// <summary>A fact that was researched and is not recorded.</summary>
    /// <param name="Id">Its id in the research.</param>
    /// <param name="Reason">Why, in English.</param>
    private sealed record LeftOut(string Id, string Reason);

    /// <summary>The page.</summary>
    /// <exception cref="CatalogueException">The seeds are wrong.</exception>
    public static string Write(string folder)
    {
        var seeds = SeedFiles.Read(folder);
        var facts = seeds
            .Where(s => s.Id.StartsWith("event:", StringComparison.Ordinal))
            .Where(s => s.Type.Name != "linked")
            .OrderBy(s => s.Id, StringComparer.Ordinal)
            .ToList();
        var leftOut = ReadLeftOut(folder);
        var page = new StringBuilder();
        page.Append(
            """
            # The catalogue, fact by fact

            Made from `seeds/` by `./ledger seeds report`; a test fails where this page differs. It tells for every researched fact where it
            went, and for those that are not recorded, why.


            """
        );
        page.Append("## What it holds\n\n| Event | Number |\n| --- | ---: |\n");
        foreach (
            var type in seeds.GroupBy(s => s.Type.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            page.Append("| ").Append(type.Key).Append(" | ").Append(type.Count()).Append(" |\n");
        }

        page.Append("\n## Facts that are recorded\n\n");
        page.Append(
            "| Fact | Stream | Event | Occurred | Scope | Confidence |\n| --- | --- | --- | --- | --- | --- |\n"
        );
        foreach (var fact in facts)
        {
            page.Append("| ").Append(fact.Id["event:".Length..]);
            page.Append(" | ").Append(fact.Stream);
            page.Append(" | ").Append(fact.Type.Name);
            foreach (var field in (string[])["occurred", "scope", "confidence"])
            {
                page.Append(" | ").Append(fact.Fields[field]?.ToString() ?? "unknown");
            }

            page.Append(" |\n");
        }

        page.Append("\n## Facts that stayed out\n\n| Fact | Why |\n| --- | --- |\n");
        foreach (var fact in leftOut)
        {
            page.Append("| ").Append(fact.Id).Append(" | ").Append(fact.Reason).Append(" |\n");
        }

        return page.ToString();
    }

    /// <summary>Ids of the facts that were researched and are not recorded.</summary>
    public static IReadOnlyCollection<string> LeftOutIds(string folder) =>
        [.. ReadLeftOut(folder).Select(f => f.Id)];

    private static List<LeftOut> ReadLeftOut(string folder)
    {
        var path = Path.Combine(folder, "left-out");
        return Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*.yaml")
                    .SelectMany(f => SeedNode.Load(folder, f).Items("facts"))
                    .Select(f => new LeftOut(f.Text("id"), f.Child("reason").Text("en")))
                    .OrderBy(f => f.Id, StringComparer.Ordinal),
            ]
            : [];
    }
}
