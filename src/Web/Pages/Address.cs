using System.Globalization;
using Ledger.Promises;
using Projections;
using static Web.Pages.Wording.Language;

namespace Web.Pages;

/// <summary>The public addresses of the pages, in the language that is spoken. They never change.</summary>
public static class Address
{
    public static string Start => Local("/");

    public static string Changes => Local("/aenderungen");

    public static string Subscribe => Local("/abonnieren");

    public static string Compare => Local("/vergleich");

    public static string Method => Local("/methodik");

    public static string Verification => Local("/pruefen");

    public static string Data => Local("/daten");

    public static string Report => Local("/fehler-melden");

    public static string Municipality(string municipality) => Local($"/{municipality}");

    public static string Promises(string municipality) => Local($"/{municipality}/zusagen");

    public static string Promise(string municipality, string slug) =>
        Local($"/{municipality}/zusagen/{slug}");

    public static string Committees(string municipality) => Local($"/{municipality}/ausschuesse");

    public static string Committee(string municipality, string slug) =>
        Local($"/{municipality}/ausschuesse/{slug}");

    /// <summary>A committee's page for its meeting.</summary>
    public static string Sheet(string municipality, string slug) =>
        $"{Committee(municipality, slug)}/sitzungsblatt";

    public static string Targets(string municipality) => Local($"/{municipality}/ziele");

    /// <summary>A municipality's target, or with null a reference series.</summary>
    public static string Target(string? municipality, string slug) =>
        Local(municipality is null ? $"/ziele/{slug}" : $"/{municipality}/ziele/{slug}");

    public static string Sources(string municipality) => Local($"/{municipality}/quellen");

    public static string Source(string slug) => Local($"/quellen/{slug}");

    /// <summary>The balance of a year.</summary>
    public static string Balance(string municipality, int year) =>
        Local(string.Create(CultureInfo.InvariantCulture, $"/{municipality}/bilanz/{year}"));

    /// <summary>One event: a permanent address to cite.</summary>
    public static string Event(Guid id) => Local($"/ereignisse/{id:D}");

    /// <summary>Where an event stands on its promise's page.</summary>
    public static string Anchor(Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"e-{id:N}");

    public static string WithStatus(string municipality, PromiseStatus status) =>
        $"{Promises(municipality)}?status={EnumNames.Of(status)}";

    public static string WithSource(string municipality, string source) =>
        $"{Promises(municipality)}?quelle={source}";
}
