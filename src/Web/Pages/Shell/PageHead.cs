namespace Web.Pages.Shell;

/// <summary>What a search engine and a browser's tab show of a page.</summary>
/// <param name="Title">Makes sense alone, without the site around it.</param>
/// <param name="Description">One or two sentences.</param>
/// <param name="Path">The page's own address, without a query.</param>
/// <param name="Indexed">False for what should not be found by search engines, such as a filtered list.</param>
public sealed record PageHead(string Title, string Description, string? Path, bool Indexed = true);

/// <summary>The public address of this site, for canonical links; the host registers it when it is configured.</summary>
public sealed record SiteAddress(Uri Origin);

/// <summary>Which municipality's pages a page belongs to, and which of them it is.</summary>
public sealed record Place(string Municipality, string Name, Section Section);

/// <summary>The parts of a municipality's pages, as its navigation shows them.</summary>
public enum Section
{
    Overview,
    Promises,
    Committees,
    Targets,
    Sources,
}
