using System.Net;
using Testing;

namespace Web.Tests.Pages;

/// <summary>Pages of the real catalogue as a reader gets them.</summary>
internal static class SeededPages
{
    /// <summary>A page, which has to answer with the status expected.</summary>
    public static async Task<string> PageAsync(
        this SeededSite seeded,
        string path,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var response = await (await seeded.SiteAsync()).Http.GetAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        response.StatusCode.ShouldBe(expected);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
