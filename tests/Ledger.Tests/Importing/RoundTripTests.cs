using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Importing;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;
using Testing;
using Web.Hosting;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Importing;

/// <summary>What is exported and imported elsewhere says the same, in every format.</summary>
public sealed class RoundTripTests
{
    private static readonly StreamKey s_promise = Sample.Stream(1);

    // What tables, YAML and JSON each take for something else.
    private static readonly string[] s_pieces =
    [
        "a",
        "ä",
        "ß",
        "𝄞",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\t",
        " ",
        ",",
        ";",
        ":",
        "- ",
        "#",
        "=",
        "+",
        "@",
        "-",
        "{",
        "[",
        "]",
        "&a",
        "*a",
        "!",
        "|",
        ">",
        "%",
        "null",
        "true",
        "~",
        "2024",
        "007",
        "1.50",
        "\u0001",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "<b>",
        "\\u0041",
        "''",
    ];

    // No reader needs a text of white space alone, and none is accepted.
    private static readonly Gen<string> s_text =
        from n in Gen.Choose(1, 6)
        from pieces in Gen.ListOf(Gen.Elements(s_pieces), n)
        from letter in Gen.Choose(0, 2)
        let text = string.Concat(pieces)
        select string.IsNullOrWhiteSpace(text) || letter == 0 ? $"{text}x" : text;

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Yaml)]
    [InlineData(ImportFormat.JsonLines)]
    public async Task Whatever_is_recorded_comes_back_as_it_was(ImportFormat format)
    {
        await using var from = await TestLedger.CreateAsync();
        await using var to = await TestLedger.CreateAsync();
        var texts = new Queue<string>(s_text.Sample(1_000));
        foreach (var append in Town(texts))
        {
            await from.Store.AppendAsync(append);
        }

        // What histories name as another promise.
        await from.Store.AppendAsync(Append.To(Sample.Stream(2), 0, Sample.Promised(2)));
        for (var n = 3; n < 12; n++)
        {
            await from.Store.AppendAsync(new Append(Sample.Stream(n), 0, History(texts)));
        }

        await SameAsync(from, to, format);
    }

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Yaml)]
    [InlineData(ImportFormat.JsonLines)]
    public async Task The_real_catalogue_comes_back_as_it_was(ImportFormat format)
    {
        await using var from = await TestLedger.CreateAsync();
        await using var to = await TestLedger.CreateAsync();
        await new CatalogueOf(from.Store, TimeProvider.System).RecordAsync(
            LedgerSettings.FromEnvironment().Seeds
        );
        await SameAsync(from, to, format);
        (await ExportAsync(from, ImportFormat.JsonLines, "siegen")).ShouldNotContain(
            "promise:krefeld-"
        );
        (await ExportAsync(from, ImportFormat.JsonLines, "siegen")).ShouldContain(
            "promise:siegen-vierte-gesamtschule"
        );
    }

    private static async Task SameAsync(TestLedger from, TestLedger to, ImportFormat format)
    {
        var exported = await ExportAsync(from, format);

        var here = await ImportAsync(from, exported, format);
        here.Lines.Where(l => l.Outcome != ImportOutcome.Known).ShouldBeEmpty();

        var there = await ImportAsync(to, exported, format);
        there
            .Lines.Where(l => l.Outcome != ImportOutcome.New)
            .Select(l => (l.Line, l.Id, l.Refusal?.Reason.En))
            .ShouldBeEmpty();
        there.Taken.ShouldBeTrue();

        // Streams may follow each other in another order; what each says may not.
        (await LinesAsync(to)).ShouldBe(await LinesAsync(from));
    }

    private static async Task<IEnumerable<string>> LinesAsync(TestLedger ledger) =>
        (await ExportAsync(ledger, ImportFormat.JsonLines))
            .Split('\n')
            .Order(StringComparer.Ordinal);

    private static async Task<string> ExportAsync(
        TestLedger ledger,
        ImportFormat format,
        string? municipality = null
    )
    {
        await using var writer = new StringWriter();
        await new Exporter(ledger.Store).WriteAsync(writer, format, municipality);
        return writer.ToString();
    }

    private static Task<ImportReport> ImportAsync(
        TestLedger ledger,
        string text,
        ImportFormat format
    ) =>
        new Importer(ledger.Store, TimeProvider.System).RunAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)),
            format,
            "anna",
            record: true
        );

    private static IReadOnlyList<NewEvent> History(Queue<string> texts)
    {
        var history = Promises.Histories.WithCorrections(8, 2).Sample(1)[0];
        var recorded = Promises.Histories.Record(history, history).Promise.Recorded;
        return
        [
            .. recorded.Select(e => new NewEvent(
                e.Body with
                {
                    Summary = new Text(texts.Dequeue()),
                }
            )
            {
                Id = e.Id,
            }),
        ];
    }

    private static IEnumerable<Append> Town(Queue<string> texts)
    {
        var council = new CouncilRegistered
        {
            Name = T(),
            Ags = "05114000",
            State = T(),
        }.On(null);
        yield return Append.To(
            StreamKey.Council(Sample.Town),
            0,
            council,
            new CommitteeEstablished
            {
                Committee = "umwelt",
                Name = T(),
                Code = "",
            }.On(null),
            new CommitteeDissolved { Committee = "umwelt", Successors = [] }.On("2021")
        );
        var source = new SourceRegistered
        {
            Title = new Text(T(), ""),
            Kind = Standing.Agreement,
            Municipality = Sample.Town,
            Proponents = [T(), T()],
            File = new SourceFile(T(), new string('0', 64), 9_007_199_254_740_991),
            Locators = LocatorScheme.PhysicalLine,
            Normalisation = T(),
            Lines = new LineRange(1, 900),
        };
        yield return Append.To(StreamKey.Source("musterstadt-vereinbarung-2020"), 0, source);
        yield return Append.To(StreamKey.Source("musterstadt-vereinbarung-2021"), 0, source);
        yield return Append.To(
            StreamKey.Source("musterstadt-vereinbarung-2020"),
            1,
            new SourceReplaced { By = "musterstadt-vereinbarung-2021", Reason = new(T()) }.On(
                "2021"
            )
        );
        var promised = new NewEvent(
            Sample.Promised() with
            {
                Title = new(T(), T()),
                Chapter = T(),
                Conditions = [T(), T(), T()],
                Quantities =
                [
                    new Quantity(
                        -5.00m,
                        T(),
                        T(),
                        Comparator.Between,
                        10.0m,
                        new BaseValue(1990, null)
                    ),
                    new Quantity(null, T(), T(), Comparator.Equal, Base: new BaseValue(null, null)),
                ],
                Committees = [],
                Deadline = new Deadline(Edtf.Parse("2025~"), DeadlineBasis.Stated),
            }
        );
        var funded = new NewEvent(
            new Funded
            {
                Amount = null,
                BudgetYears = [2021, 2022],
                Kind = FundingKind.Own,
            }.On("2021")
        );
        yield return new Append(
            s_promise,
            0,
            [
                promised,
                funded,
                new NewEvent(new Assigned { Committees = [] }.On("2021")),
                new NewEvent(
                    new Decided
                    {
                        Body = T(),
                        Outcome = Ledger.Promises.Outcome.Adopted,
                        Votes = new Votes(null, null, null),
                    }.On("2021")
                ),
                new NewEvent(
                    Corrected(funded.Id, "budgetYears", new[] { 2021, 2022 }, new[] { 2023 })
                ),
                new NewEvent(Corrected(funded.Id, "amount", null, "5.00")),
                new NewEvent(
                    Corrected(promised.Id, "chapter", ((Promised)promised.Body).Chapter, "2024")
                ),
                new NewEvent(
                    Corrected(
                        promised.Id,
                        "title",
                        ((Promised)promised.Body).Title,
                        new { de = T() }
                    )
                ),
                new NewEvent(
                    new Stated
                    {
                        About = funded.Id,
                        Stance = Stance.Supports,
                        Function = T(),
                        Name = T(),
                        Text = T(),
                    }.On("2023")
                ),
                new NewEvent(
                    new Reported().On("../2025") with
                    {
                        Evidence =
                        [
                            Sample.Evidence with
                            {
                                Title = T(),
                                Note = T(),
                            },
                            Sample.Evidence,
                        ],
                    }
                ),
            ]
        );
        var measured = new NewEvent(
            new Measured
            {
                Period = Edtf.Parse("2017"),
                Value = -0.50m,
                Unit = T(),
                PerHead = true,
                Publisher = T(),
            }.On("2018")
        );
        yield return new Append(
            StreamKey.Target("musterstadt-ziel"),
            0,
            [
                new NewEvent(
                    new TargetSet
                    {
                        Title = new(T()),
                        Indicator = new(T()),
                        Municipality = Sample.Town,
                        Promise = s_promise.Name,
                        Direction = Direction.Lower,
                        Unit = T(),
                    }.On(null)
                ),
                measured,
                new NewEvent(
                    new Restated
                    {
                        Measurement = measured.Id,
                        From = -0.5m,
                        To = 1m,
                        Why = new(T()),
                    }.On("2019")
                ),
            ]
        );

        string T() => texts.Dequeue();
    }

    private static Corrected Corrected(Guid e, string field, object? from, object? to) =>
        new Corrected
        {
            Event = e,
            Field = field,
            From = from is null
                ? null
                : JsonSerializer.SerializeToElement(from, LedgerJson.Options),
            To = JsonSerializer.SerializeToElement(to, LedgerJson.Options),
            Reason = new("Erfunden."),
        }.On("2026");
}
