using Testing;

namespace Web.Tests.Api;

public sealed class OpenApiTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    /// <summary>The repository's copy is what the program says; <c>LEDGER_WRITE_DOCS=1</c> writes it anew.</summary>
    [Fact]
    public async Task The_committed_description_is_the_one_that_is_served()
    {
        var site = await seeded.SiteAsync();
        var served = await site.Http.GetStringAsync(
            "/openapi/v1.json",
            TestContext.Current.CancellationToken
        );
        var file = Path.Combine(Repository.Root, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(
                file,
                served.TrimEnd() + "\n",
                TestContext.Current.CancellationToken
            );
        }

        var committed = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        committed
            .TrimEnd()
            .ShouldBe(
                served.TrimEnd(),
                "docs/openapi.json is not what the program serves: run this test once with LEDGER_WRITE_DOCS=1 and look at the difference"
            );
    }
}
