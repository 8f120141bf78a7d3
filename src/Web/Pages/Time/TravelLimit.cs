using Web.Hosting;

namespace Web.Pages.Time;

/// <summary>How many earlier states one client may ask for: they are dearer than today's page, and there are endlessly many.</summary>
public sealed class TravelLimit() : ClientLimit(Most, TimeSpan.FromMinutes(1))
{
    /// <summary>In a minute.</summary>
    public const int Most = 300;
}
