using Web.Hosting;

namespace Web.Pages.Reports;

/// <summary>How many reports one client may send.</summary>
public sealed class ReportLimit() : ClientLimit(Most, TimeSpan.FromHours(1))
{
    /// <summary>In an hour.</summary>
    public const int Most = 10;
}
