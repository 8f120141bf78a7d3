using Ledger.EventStore;
using Testing;
using Web.Pages.Legal;

namespace Web.Tests.Pages;

/// <summary>What the operator of an installation says for himself, on the pages of both languages.</summary>
public sealed class OperatorTextsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zusagenbuch-texts-");
    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "impressum.txt"),
            "# Wer hier schreibt\n\nErfundener Verein <e. V.>\nMusterweg 1\n\nErreichbar ist er über die Post.\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "datenschutz.txt"),
            "\n \n\n",
            TestContext.Current.CancellationToken
        );
        _site = await LedgerSite.StartAsync(
            seeds: false,
            texts: new OperatorTexts(_folder.FullName)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task On_an_English_page_they_are_marked_as_German_and_the_reader_is_told_so()
    {
        var html = await GetAsync("/en/impressum");
        html.ShouldContain("<h1>Legal notice</h1>");
        html.ShouldContain("The operator has written this text in German.");
        html.ShouldContain("<h2 lang=\"de\">Wer hier schreibt</h2>");
        html.ShouldContain("<p class=\"lines\" lang=\"de\">Erfundener Verein &lt;e. V.&gt;");
        html.ShouldContain("<p class=\"lines\" lang=\"de\">Erreichbar ist er über die Post.</p>");
        html.ShouldNotContain("Something is missing here.");
        (await GermanLeft.ByAsync(_site.Ledger.Store, TestContext.Current.CancellationToken))
            .In(html)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_German_page_they_need_no_mark()
    {
        var html = await GetAsync("/impressum");
        html.ShouldContain("<h2>Wer hier schreibt</h2>");
        html.ShouldContain("<p class=\"lines\">Erreichbar ist er über die Post.</p>");
        html.ShouldNotContain("Hier fehlt etwas.");
        html.ShouldNotContain("in German");
    }

    [Theory]
    [InlineData("/en/datenschutz")]
    [InlineData("/en/barrierefreiheit")]
    public async Task Where_a_file_is_empty_or_not_there_an_English_page_says_that_something_is_missing(
        string path
    )
    {
        var html = await GetAsync(path);
        html.ShouldContain("Something is missing here.");
        html.ShouldNotContain("The operator has written this text in German.");
    }

    private Task<string> GetAsync(string path) =>
        _site.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
}
