using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;
using Projections.Coverage;
using Projections.Engine;
using Testing;

namespace Projections.Tests;

public sealed class CoverageTests : IAsyncLifetime
{
    private const string Slug = "musterstadt-vereinbarung-2020";

    private static readonly SourceRegistered s_registered = new()
    {
        Title = new("Erfundene Vereinbarung"),
        Kind = Standing.Agreement,
        Municipality = Sample.Town,
        Proponents = ["Liste Muster"],
        File = new SourceFile("erfunden.txt", new string('0', 64), 100),
        Locators = LocatorScheme.PhysicalLine,
        Normalisation = "physical-lines/1",
        Lines = new LineRange(1, 10),
        TextLines = 8,
        EmptyLines = [new(2, 2), new(9, 9)],
        LeftOut = [new(new LineRange(1, 3), LeftOutReason.Framing)],
    };

    private readonly CoverageProjection _projection = new();
    private TestLedger _ledger = null!;
    private ProjectionEngine _engine = null!;

    private CoverageReader Reader => new(_ledger.Database);

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        _engine = new ProjectionEngine(_ledger.Store, [_projection]);
        await _engine.PrepareAsync();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private async Task RecordAsync(StreamKey stream, params Event[] events)
    {
        var version = (await _ledger.Store.ReadStreamAsync(stream)).Count;
        foreach (var e in events)
        {
            await _ledger.Store.AppendAsync(Append.To(stream, version++, e));
        }

        await _engine.CatchUpAsync();
    }

    private Task RegisterAsync(SourceRegistered? registered = null) =>
        RecordAsync(StreamKey.Source(Slug), registered ?? s_registered);

    private static Promised At(int n, int from, int to, string? chapter = "Erstes") =>
        Sample.Promised(n) with
        {
            Chapter = chapter,
            SourceRef = new SourceRef(
                Slug,
                new Locator(LocatorScheme.PhysicalLine, from, to),
                new string('0', 64)
            ),
        };

    private async Task<SourceCoverage> FoundAsync() => (await Reader.FindAsync(Slug))!;

    [Fact]
    public async Task Lines_with_text_are_counted_once_however_many_promises_share_them()
    {
        await RegisterAsync();
        (await FoundAsync()).Lines.ShouldBe(new LineCount(8, 0, 2));
        await RecordAsync(Sample.Stream(1), At(1, 3, 5));
        await RecordAsync(Sample.Stream(2), At(2, 5, 6));
        await RecordAsync(Sample.Stream(3), At(3, 8, 10));

        var lines = (await FoundAsync()).Lines!;
        lines.ShouldBe(new LineCount(8, 6, 1));
        lines.Others.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_note_of_its_empty_lines_a_source_has_no_share()
    {
        await RegisterAsync(s_registered with { EmptyLines = null });
        await RecordAsync(Sample.Stream(1), At(1, 3, 5));
        (await FoundAsync()).Lines.ShouldBeNull();
    }

    [Fact]
    public async Task A_passage_beyond_the_document_covers_nothing_of_it_and_costs_nothing()
    {
        await RegisterAsync();
        await RecordAsync(Sample.Stream(1), At(1, 10, int.MaxValue), new Reported().On("2021"));
        (await FoundAsync()).Lines.ShouldBe(new LineCount(8, 1, 2));
    }

    [Fact]
    public async Task Chapters_stand_in_the_order_of_the_document_with_what_is_known_of_them()
    {
        await RegisterAsync();
        await RecordAsync(Sample.Stream(1), At(1, 8, 8, "Zweites"));
        await RecordAsync(
            Sample.Stream(2),
            At(2, 3, 3),
            new Started().On("2021"),
            new Progressed { Measure = new("Etwas") }.On("2022"),
            new Checked { Places = ["Ratsinformation"] }.On("2023"),
            new Linked { To = "musterstadt-zusage-1", Relation = Relation.SameTopic }.On("2023")
        );
        await RecordAsync(
            Sample.Stream(3),
            At(3, 4, 4),
            new Checked { Places = ["Ratsinformation"] }.On("2023")
        );
        await RecordAsync(Sample.Stream(4), At(4, 10, 10, null));

        var coverage = await FoundAsync();
        coverage
            .Chapters.Select(c => (c.Heading, c.Promises.Count, c.Facts, c.Unchecked))
            .ShouldBe([("Erstes", 2, 2, 0), ("Zweites", 1, 0, 1), (null, 1, 0, 1)]);
        (coverage.Facts, coverage.WithFacts, coverage.Unchecked).ShouldBe((2, 1, 2));
    }

    [Fact]
    public async Task What_is_corrected_retracted_or_assigned_later_counts_as_it_stands()
    {
        await RegisterAsync();
        await RecordAsync(
            Sample.Stream(1),
            At(1, 3, 3),
            new Started().On("2021"),
            new Assigned
            {
                Committees =
                [
                    new Responsibility("umwelt", ResponsibilityBasis.Named),
                    new Responsibility("bau", ResponsibilityBasis.Inferred),
                ],
            }.On("2022")
        );
        var coverage = await FoundAsync();
        (coverage.Assignments, coverage.Inferred, coverage.Facts).ShouldBe((2, 1, 1));

        var started = (await _ledger.Store.ReadStreamAsync(Sample.Stream(1)))[1].Id;
        await RecordAsync(
            Sample.Stream(1),
            new Retracted { Event = started, Reason = new("Erfunden.") }.On("2023")
        );
        coverage = await FoundAsync();
        (coverage.Facts, coverage.WithFacts, coverage.Unchecked).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task A_row_can_be_folded_for_an_earlier_day()
    {
        await RegisterAsync();
        await RecordAsync(Sample.Stream(1), At(1, 3, 3), new Started().On("2022-05-01"));
        var history = new StreamHistory(
            Sample.Stream(1),
            await _ledger.Store.ReadStreamAsync(Sample.Stream(1))
        );
        CoveredPromise.Of(history, new DateOnly(2021, 1, 1)).Facts.ShouldBe(0);
        CoveredPromise
            .Of(history, new DateOnly(2021, 1, 1))
            .Status.ShouldBe(PromiseStatus.Unchecked);
        CoveredPromise.Of(history, new DateOnly(2023, 1, 1)).Facts.ShouldBe(1);
    }

    [Fact]
    public async Task Targets_are_those_that_stand_in_the_source()
    {
        await RegisterAsync();
        var inside = new TargetSet
        {
            Municipality = Sample.Town,
            Title = new("Erfundenes Ziel"),
            Indicator = new("Bäume"),
            Unit = "Bäume",
            Direction = Direction.Reach,
            SourceRef = At(1, 4, 4).SourceRef,
        };
        await RecordAsync(StreamKey.Target("musterstadt-baeume"), inside);
        await RecordAsync(
            StreamKey.Target("musterstadt-haeuser"),
            (inside with { SourceRef = null }).On("2020")
        );
        (await FoundAsync())
            .Targets.Select(t => (t.Slug, t.Lines))
            .ShouldBe([("baeume", new LineRange(4, 4))]);
    }

    [Fact]
    public async Task A_municipality_has_its_own_sources_alone_and_no_other_name_is_found()
    {
        await RegisterAsync();
        await RecordAsync(
            StreamKey.Source("anderswo-vereinbarung"),
            s_registered with
            {
                Municipality = "anderswo",
            }
        );
        (await Reader.ListAsync(Sample.Town)).Select(s => s.Slug).ShouldBe([Slug]);
        (await Reader.ListAsync("nirgends")).ShouldBeEmpty();
        (await Reader.FindAsync("nirgends")).ShouldBeNull();
    }

    [Fact]
    public async Task Made_anew_it_is_the_same()
    {
        await RegisterAsync();
        await RecordAsync(Sample.Stream(1), At(1, 3, 5), new Started().On("2021"));
        await RecordAsync(Sample.Stream(2), At(2, 8, 8));
        (await _engine.CheckAsync(_projection)).ShouldBeEmpty();
        var grown = await StoredAsync();
        await _engine.RebuildAsync(_projection);
        (await StoredAsync()).ShouldBe(grown);
        (await _engine.CheckAsync(_projection)).ShouldBeEmpty();
    }

    private Task<string> StoredAsync() =>
        _ledger.AskAsync<string>(
            """
            select (select string_agg(s::text, '|' order by stream) from coverage.source s)
                || (select string_agg(p::text, '|' order by stream) from coverage.promise p)
            """
        );
}
