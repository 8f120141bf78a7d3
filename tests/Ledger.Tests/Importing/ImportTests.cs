using System.Text;
using Ledger.EventStore;
using Ledger.Importing;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Importing;

/// <summary>A file of events is judged line by line and taken whole or not at all.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Head = """
        {"id":"rat","stream":"council:musterstadt","type":"councilRegistered","name":"Musterstadt","ags":"00000000","state":"Nirgendwo","evidence":[EV]}
        {"id":"quelle","stream":"source:vereinbarung","type":"sourceRegistered","title":{"de":"Vereinbarung"},"kind":"agreement","municipality":"musterstadt","proponents":["Liste Muster"],"file":{"name":"v.pdf","sha256":"SHA","bytes":1},"locators":"printedLine","normalisation":"zusagenbuch-text-1","lines":{"from":1,"to":9}}
        {"id":"baum","stream":"promise:musterstadt-baum","type":"promised","occurred":"2020","occurredBasis":"derived","municipality":"musterstadt","title":{"de":"Bäume"},"proponents":["Liste Muster"],"standing":"agreement","kind":"new","modality":"will","topic":"klima","checkability":"high","tier":"core","sourceRef":{"source":"vereinbarung","locator":{"scheme":"printedLine","from":1,"to":2},"fingerprint":"SHA"}}

        """;

    private const string Tail = """
        {"id":"los","stream":"promise:musterstadt-baum","type":"started","occurred":"2021","occurredBasis":"event","evidence":[EV]}
        {"id":"falsch","stream":"promise:musterstadt-baum","type":"corrected","event":"los","field":"occurred","from":"2021","to":"2022","reason":{"de":"Ein Jahr später."},"evidence":[EV]}
        {"id":"antwort","stream":"promise:musterstadt-baum","type":"stated","occurred":"2023","occurredBasis":"event","about":"los","stance":"contests","function":"Amt","name":"Erika Muster","text":"Anders.","evidence":[EV]}
        """;

    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private Task<ImportReport> ImportAsync(
        string text,
        bool record = true,
        ImportFormat format = ImportFormat.JsonLines,
        TakeImport? take = null
    ) =>
        new Importer(_ledger.Store, TimeProvider.System, take).RunAsync(
            new MemoryStream(
                Encoding.UTF8.GetBytes(
                    text.Replace(
                            "EV",
                            """{"url":"https://musterstadt.example/x","publisher":"Stadt","retrieved":"2026-01-02"}""",
                            StringComparison.Ordinal
                        )
                        .Replace("SHA", new string('0', 64), StringComparison.Ordinal)
                )
            ),
            format,
            "anna",
            record
        );

    private async Task<string> CodeAsync(string line) =>
        (await ImportAsync(Head + line, record: false)).Lines[^1].Refusal?.Code ?? "";

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        var report = await ImportAsync(Head + Tail, record: false);
        report
            .Lines.Select(l => (l.Line, l.Id, l.Outcome, l.Refusal))
            .ShouldBe([
                (1L, "rat", ImportOutcome.New, null),
                (2L, "quelle", ImportOutcome.New, null),
                (3L, "baum", ImportOutcome.New, null),
                (4L, "los", ImportOutcome.New, null),
                (5L, "falsch", ImportOutcome.New, null),
                (6L, "antwort", ImportOutcome.New, null),
            ]);
        report.Taken.ShouldBeFalse();
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_new_is_recorded_once()
    {
        (await ImportAsync(Head + Tail)).Taken.ShouldBeTrue();
        (await _ledger.Store.NextIndexAsync()).ShouldBe(6);
        var promise = Promise.From(
            await _ledger.Store.ReadStreamAsync(StreamKey.Promise("musterstadt-baum"))
        );
        promise.Status.ShouldBe(PromiseStatus.Started);
        promise
            .Steps.Single(s => s.Event.Body is Started)
            .Event.Body.Occurred.ShouldBe(Edtf.Parse("2022"));
        promise.IsDisputed(new DateOnly(2026, 1, 1)).ShouldBeTrue();
        promise.Recorded[1].Body.RecordedBy.ShouldBe("anna");
        (await _ledger.AskAsync<long>("select count(*) from ledger.disclosure")).ShouldBe(2);

        var again = await ImportAsync(Head + Tail);
        again.Lines.ShouldAllBe(l => l.Outcome == ImportOutcome.Known);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(6);
    }

    [Fact]
    public async Task A_longer_file_adds_what_is_new_in_it()
    {
        await ImportAsync(Head);
        var report = await ImportAsync(Head + Tail);
        report.Count(ImportOutcome.Known).ShouldBe(3);
        report.Count(ImportOutcome.New).ShouldBe(3);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(6);
    }

    [Fact]
    public async Task One_refused_line_refuses_all()
    {
        var report = await ImportAsync(
            Head
                + Tail
                + """

                {"id":"zuviel","stream":"promise:musterstadt-baum","type":"resumed","occurred":"2024","occurredBasis":"event","evidence":[EV]}
                """
        );
        report.Taken.ShouldBeFalse();
        var refused = report.Lines.Single(l => l.Outcome == ImportOutcome.Refused);
        (refused.Line, refused.Refusal!.Code).ShouldBe((7, "not-resting"));
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
        (await _ledger.AskAsync<long>("select count(*) from ledger.import_item")).ShouldBe(0);
    }

    [Fact]
    public async Task A_known_id_with_other_content_is_refused()
    {
        await ImportAsync(Head + Tail);
        var report = await ImportAsync(
            (Head + Tail).Replace("\"2021\"", "\"2020-05\"", StringComparison.Ordinal)
        );
        report
            .Lines.Where(l => l.Refusal is not null)
            .ShouldAllBe(l => l.Refusal!.Code == "id-says-otherwise");
        report.Lines.Single(l => l.Id == "los").Outcome.ShouldBe(ImportOutcome.Refused);
    }

    [Theory]
    [InlineData("no JSON", "unreadable")]
    [InlineData("[]", "unreadable")]
    [InlineData("""{"id":"a","id":"b","stream":"promise:x","type":"started"}""", "unreadable")]
    [InlineData("""{"stream":"promise:musterstadt-baum","type":"started"}""", "id-malformed")]
    [InlineData(
        """{"id":"a b","stream":"promise:musterstadt-baum","type":"started"}""",
        "id-malformed"
    )]
    [InlineData(
        """{"id":5,"stream":"promise:musterstadt-baum","type":"started"}""",
        "id-malformed"
    )]
    [InlineData(
        """{"id":"\ud800","stream":"promise:musterstadt-baum","type":"started"}""",
        "id-malformed"
    )]
    [InlineData(
        """{"id":"baum","stream":"promise:musterstadt-baum","type":"started","evidence":[EV]}""",
        "id-twice"
    )]
    [InlineData("""{"id":"a","stream":"Baum","type":"started"}""", "stream-malformed")]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"Started"}""",
        "type-unknown"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"started","evidence":[EV],"recordedBy":"ich"}""",
        "recorder-given"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"started","evidence":[EV],"colour":"red"}""",
        "field-unknown"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"decided","evidence":[EV],"body":"Rat"}""",
        "field-missing"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"started","evidence":[EV],"occurred":2021}""",
        "field-malformed"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"started","evidence":[EV],"summary":{"de":"\ud800"}}""",
        "broken-text"
    )]
    [InlineData("""{"id":"a","stream":"promise:musterstadt-baum","type":"started"}""", "malformed")]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"retracted","event":"nichts","reason":{"de":"x"},"evidence":[EV]}""",
        "reference-unknown"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"linked","relation":"supports","to":"musterstadt-nichts","evidence":[EV]}""",
        "unknown-stream"
    )]
    [InlineData(
        """{"id":"a","stream":"promise:musterstadt-baum","type":"methodRevised","version":1,"fingerprint":"SHA","change":{"de":"x"}}""",
        "reserved"
    )]
    [InlineData(
        """{"id":"a","stream":"method","type":"methodRevised","version":1,"fingerprint":"SHA","change":{"de":"x"}}""",
        "reserved"
    )]
    public async Task A_line_that_is_wrong_is_refused_with_its_reason(string line, string code) =>
        (await CodeAsync(line)).ShouldBe(code);

    [Fact]
    public async Task A_text_with_a_null_character_is_refused_and_nothing_is_recorded()
    {
        var line =
            """{"id":"a","stream":"promise:musterstadt-baum","type":"started","evidence":[EV],"summary":{"de":"a\u0000b"}}""";
        (await ImportAsync(Head + line)).Lines[^1].Refusal!.Code.ShouldBe("broken-text");
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_may_be_named_before_its_first_event_stands_in_the_file()
    {
        var link =
            """{"id":"zu","stream":"promise:musterstadt-baum","type":"linked","relation":"supports","to":"musterstadt-park","evidence":[EV]}""";
        var park = Head.Split('\n')[2].Replace("baum", "park", StringComparison.Ordinal);
        (await ImportAsync($"{Head}{link}\n{park}")).Taken.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_imports_of_the_same_file_at_once_record_it_once()
    {
        var reports = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ImportAsync(Head + Tail))
        );
        reports.ShouldAllBe(r => r.Taken);
        reports.Sum(r => r.Count(ImportOutcome.New)).ShouldBe(6);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(6);
    }

    [Fact]
    public async Task When_a_stream_moves_on_meanwhile_the_file_is_judged_anew()
    {
        await ImportAsync(Head);
        var interrupted = 0;
        var report = await ImportAsync(
            Head + Tail,
            take: async (store, import, cancellation) =>
            {
                if (interrupted++ == 0)
                {
                    await store.AppendAsync(
                        Append.To(
                            StreamKey.Promise("musterstadt-baum"),
                            1,
                            new Reported().On("2021")
                        ),
                        cancellation: cancellation
                    );
                }

                await ImportItems.RecordAsync(store, import, cancellation);
            }
        );
        report.Taken.ShouldBeTrue();
        interrupted.ShouldBe(2);
        (await _ledger.Store.ReadStreamAsync(StreamKey.Promise("musterstadt-baum"))).Count.ShouldBe(
            5
        );
    }

    [Fact]
    public async Task A_review_can_take_the_items_in_place_of_the_record()
    {
        DecidedImport? filed = null;
        var report = await ImportAsync(
            Head + Tail,
            take: (_, import, _) =>
            {
                filed = import;
                return Task.CompletedTask;
            }
        );
        report.Taken.ShouldBeTrue();
        filed!
            .Items.Select(i => i.Id)
            .ShouldBe(["rat", "quelle", "baum", "los", "falsch", "antwort"]);
        ((Corrected)filed.Items[4].Body).Event.ShouldBe(filed.Items[3].EventId);
        ((Stated)filed.Items[5].Body).Name.ShouldBe("Erika Muster");
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
    }
}
