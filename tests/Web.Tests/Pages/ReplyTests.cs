using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Web.Tests.Pages;

/// <summary>Right of reply and the source's own criteria on the page of a promise.</summary>
public sealed class ReplyTests : IAsyncLifetime
{
    private const string Page = "/krefeld/zusagen/klimaneutral-2035";
    private static readonly StreamKey s_promise = StreamKey.Promise("krefeld-klimaneutral-2035");
    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await LedgerSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static T On<T>(T e, string day)
        where T : Event =>
        (T)(
            e with
            {
                Occurred = Edtf.Parse(day),
                OccurredBasis = OccurredBasis.Event,
                Evidence = [new Evidence("https://krefeld.example/x", "Erfundene Stelle", null)],
            }
        );

    private async Task<Guid> RecordAsync(Event e)
    {
        var recorded = new NewEvent(e);
        var version = (await _site.Ledger.Store.ReadStreamAsync(s_promise)).Count;
        await _site.Ledger.Store.AppendAsync(new Append(s_promise, version, [recorded]));
        return recorded.Id;
    }

    private async Task<string> PageAsync()
    {
        await _site.CaughtUpAsync();
        return await _site.Http.GetStringAsync(Page, TestContext.Current.CancellationToken);
    }

    private static Stated Reply(Guid about, Stance stance, string text) =>
        On(
            new Stated
            {
                About = about,
                Stance = stance,
                Function = "Erfundenes Bauamt",
                Where = "Erfundene Sitzung",
                Name = "Max Muster",
                Text = text,
            },
            "2026-05-01"
        );

    [Fact]
    public async Task A_reply_stands_beside_the_entry_that_it_is_about()
    {
        var started = await RecordAsync(On(new Started(), "2026-01-02"));
        await RecordAsync(
            On(new Progressed { Measure = new Text("Erfundener Teil") }, "2026-03-01")
        );
        var reply = await RecordAsync(
            Reply(started, Stance.Explains, "Nur <b>der</b> erste Abschnitt.")
        );

        var page = await PageAsync();
        var entry = page.Split("<li id=\"e-")
            .Single(e => e.StartsWith($"{started:N}", StringComparison.Ordinal));
        entry.ShouldContain($"{reply:N}\" class=\"reply\"");
        entry.ShouldContain("Erläuterung");
        entry.ShouldContain("<strong>Max Muster</strong>, Erfundenes Bauamt (Erfundene Sitzung)");
        entry.ShouldContain("Nur &lt;b&gt;der&lt;/b&gt; erste Abschnitt.");
        page.ShouldNotContain("bestritten");
        page.Split("Nur &lt;b&gt;").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_status_that_somebody_contests_says_so_and_where()
    {
        var started = await RecordAsync(On(new Started(), "2026-01-02"));
        var reply = await RecordAsync(Reply(started, Stance.Contests, "Es wurde nichts begonnen."));

        var page = await PageAsync();
        page.ShouldContain("<span class=\"mark disputed\">bestritten</span>");
        page.ShouldContain("wird widersprochen (Erfundenes Bauamt).");
        Regex
            .IsMatch(page, $"href=\"#[^\"]*{reply:N}\"", RegexOptions.None, TimeSpan.FromSeconds(1))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Where_name_and_text_were_erased_the_page_says_so()
    {
        var started = await RecordAsync(On(new Started(), "2026-01-02"));
        var reply = await RecordAsync(Reply(started, Stance.Supports, "Ein erfundener Satz."));
        (await PageAsync()).ShouldContain("Ein erfundener Satz.");

        await _site.Database.RunAsync(
            $"set role ledger_owner; delete from ledger.disclosure where event_id = '{reply}'"
        );
        await _site.HeardAsync();

        var page = await PageAsync();
        page.ShouldNotContain("Ein erfundener Satz.");
        page.ShouldNotContain("Max Muster");
        page.ShouldContain("<strong>gelöscht</strong>, Erfundenes Bauamt");
        page.ShouldContain("<blockquote><p>gelöscht</p></blockquote>");
    }

    [Fact]
    public async Task On_the_English_page_what_the_record_holds_only_in_German_is_marked_as_German()
    {
        var started = await RecordAsync(
            On(
                new Progressed
                {
                    Measure = new Text("Der erste von zwei Teilen"),
                    Summary = new Text("Das ist nicht wahr."),
                },
                "2026-01-02"
            )
        );
        await RecordAsync(Reply(started, Stance.Contests, "Der Eintrag ist nicht wahr."));
        var explained = await RecordAsync(Reply(started, Stance.Explains, "Und das auch nicht."));
        var taken = await RecordAsync(On(new Started(), "2026-02-02"));
        await RecordAsync(
            On(
                new Corrected
                {
                    Event = started,
                    Field = "summary",
                    From = JsonSerializer.SerializeToElement(new { de = "Das ist nicht wahr." }),
                    To = JsonSerializer.SerializeToElement(
                        new { de = "Das ist wahr.", en = "This is true." }
                    ),
                    Reason = new Text("Die Stelle wurde falsch gelesen."),
                },
                "2026-06-01"
            )
        );
        await RecordAsync(
            On(
                new Retracted { Event = taken, Reason = new Text("Das war eine andere Zusage.") },
                "2026-06-01"
            )
        );
        await _site.Database.RunAsync(
            $"set role ledger_owner; delete from ledger.disclosure where event_id = '{explained}'"
        );
        await _site.CaughtUpAsync();
        var page = await _site.Http.GetStringAsync(
            $"/en{Page}",
            TestContext.Current.CancellationToken
        );

        page.ShouldContain("<p>This is true.</p>");
        page.ShouldContain("<del lang=\"de\">Das ist nicht wahr.</del>");
        page.ShouldContain("<ins>This is true.</ins>");
        page.ShouldContain("<span lang=\"de\">Die Stelle wurde falsch gelesen.</span>");
        page.ShouldContain("Corrected on ");
        page.ShouldContain("Retracted on ");
        page.ShouldContain("<dd lang=\"de\">Der erste von zwei Teilen</dd>");
        page.ShouldContain(
            "<blockquote><p lang=\"de\">Der Eintrag ist nicht wahr.</p></blockquote>"
        );
        page.ShouldContain("<blockquote><p>erased</p></blockquote>");
        page.ShouldContain("<strong lang=\"en\">erased</strong>, Erfundenes Bauamt");
        page.ShouldContain("<span class=\"mark disputed\">disputed</span>");
        page.ShouldContain(
            "The entry on which this status rests is contested (<span lang=\"de\">Erfundenes Bauamt</span>)."
        );
        (await GermanLeft.ByAsync(_site.Ledger.Store, TestContext.Current.CancellationToken))
            .In(page)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retracted_reply_is_struck_and_its_words_are_gone()
    {
        var started = await RecordAsync(On(new Started(), "2026-01-02"));
        var reply = await RecordAsync(Reply(started, Stance.Contests, "Ein erfundener Satz."));
        await RecordAsync(
            On(
                new Retracted { Event = reply, Reason = new Text("Kam von jemand anderem.") },
                "2026-06-01"
            )
        );

        var page = await PageAsync();
        page.ShouldContain("Kam von jemand anderem.");
        page.ShouldNotContain("Ein erfundener Satz.");
        page.ShouldNotContain("bestritten");
    }

    [Fact]
    public async Task A_criterion_of_the_source_shows_what_was_found_and_by_whom()
    {
        await RecordAsync(
            On(
                new Assessed
                {
                    Criterion = new Text("Erfundener Maßstab"),
                    Value = 1250.5m,
                    Unit = "t",
                    By = "Erfundenes Institut",
                },
                "2026-02-01"
            )
        );
        var page = await PageAsync();
        page.ShouldContain("Erfundener Maßstab");
        page.ShouldContain("1.250,5");
        page.ShouldContain("Erfundenes Institut");
    }
}
