using System.Globalization;
using Ledger.Promises;
using Projections;

namespace Web.Pages;

/// <summary>The public addresses of the pages. They never change.</summary>
public static class Address
{
    public static string Municipality(string municipality) => $"/{municipality}";

    public static string Promises(string municipality) => $"/{municipality}/zusagen";

    public static string Promise(string municipality, string slug) =>
        $"/{municipality}/zusagen/{slug}";

    public static string Committees(string municipality) => $"/{municipality}/ausschuesse";

    public static string Committee(string municipality, string slug) =>
        $"/{municipality}/ausschuesse/{slug}";

    /// <summary>A committee's page for its meeting.</summary>
    public static string Sheet(string municipality, string slug) =>
        $"{Committee(municipality, slug)}/sitzungsblatt";

    public static string Targets(string municipality) => $"/{municipality}/ziele";

    /// <summary>A municipality's target, or with null a reference series.</summary>
    public static string Target(string? municipality, string slug) =>
        municipality is null ? $"/ziele/{slug}" : $"/{municipality}/ziele/{slug}";

    public static string Sources(string municipality) => $"/{municipality}/quellen";

    public static string Source(string slug) => $"/quellen/{slug}";

    /// <summary>The balance of a year.</summary>
    public static string Balance(string municipality, int year) =>
        string.Create(CultureInfo.InvariantCulture, $"/{municipality}/bilanz/{year}");

    /// <summary>One event: a permanent address to cite.</summary>
    public static string Event(Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"/ereignisse/{id:D}");

    /// <summary>Where an event stands on its promise's page.</summary>
    public static string Anchor(Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"e-{id:N}");

    public static string WithStatus(string municipality, PromiseStatus status) =>
        $"{Promises(municipality)}?status={EnumNames.Of(status)}";

    public static string WithSource(string municipality, string source) =>
        $"{Promises(municipality)}?quelle={source}";
}
