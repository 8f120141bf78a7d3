using System.CommandLine;
using Ledger.Importing;
using Ledger.Method;
using Ledger.Submissions;
using Web.Accounts;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger import FILE [--record]</c>: judges a file of events and, if asked to, takes it whole.</summary>
internal static class ImportCommand
{
    public static void AddTo(RootCommand root)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "A file of events that ends in .csv, .yaml or .jsonl.",
        };
        var record = new Option<bool>("--record")
        {
            Description =
                "Record it, or where review is on propose it. Without this nothing is changed, only reported.",
        };
        var recorder = new Option<string>("--as")
        {
            Description =
                "Pseudonym of who imports it. Where review is on, one of `./ledger user list`.",
            DefaultValueFactory = _ => "operator",
        };
        var import = new Command(
            "import",
            "Judge a file of events, line by line, and record it whole or not at all."
        )
        {
            file,
            record,
            recorder,
        };
        import.SetAction(
            (parsed, stop) =>
                RunAsync(
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(recorder),
                    parsed.GetValue(record),
                    stop
                )
        );
        root.Add(import);
    }

    private static async Task<int> RunAsync(
        FileInfo file,
        string recordedBy,
        bool record,
        CancellationToken stop
    )
    {
        var format =
            ImportFormats.OfFile(file.Name)
            ?? throw new Refusal($"The file '{file.Name}' must end in .csv, .yaml or .jsonl.");
        if (!file.Exists)
        {
            throw new Refusal($"There is no file '{file.FullName}'.");
        }

        var settings = LedgerSettings.FromEnvironment();
        await using var ledger = await Commands.OpenAsync(stop);
        if (record)
        {
            await ledger.FixOriginAsync(settings.Origin, stop);
            await MethodSeed.EnsureAsync(ledger.Store, cancellation: stop);
        }

        var import = Guid.CreateVersion7();
        await using var content = file.OpenRead();
        var importer = new Importer(
            ledger.Store,
            TimeProvider.System,
            settings.FourEyes ? await ProposeAsync(ledger, import, recordedBy, record, stop) : null
        );
        var report = await importer.RunAsync(content, format, recordedBy, record, stop);
        foreach (var line in report.Lines)
        {
            Console.WriteLine(Sentence(line));
        }

        await Console.Error.WriteLineAsync(
            Summary(report, record, settings.FourEyes ? import : null)
        );
        return report.IsAccepted ? 0 : 1;
    }

    // A dry run is anybody's; what is proposed has an author, whom a second person is held against.
    private static async Task<TakeImport> ProposeAsync(
        OpenLedger ledger,
        Guid import,
        string pseudonym,
        bool record,
        CancellationToken stop
    )
    {
        var author = await new AccountStore(ledger.Database).FindAsync(pseudonym, stop);
        if (record && author is not { Disabled: null })
        {
            throw new Refusal(
                $"Here a second person checks what is recorded, so the import needs its author: --as with a pseudonym of './ledger user list'; '{pseudonym}' is none that is let in. "
                    + "Without review it is recorded by LEDGER_REVIEW=off ./ledger import FILE --record."
            );
        }

        return ImportProposals.By(import, author?.Id ?? Guid.Empty, TimeProvider.System);
    }

    private static string Sentence(ImportLine line) =>
        $"{line.Line}\t{line.Id ?? "-"}\t"
        + line.Outcome switch
        {
            ImportOutcome.New => "new",
            ImportOutcome.Known => "known",
            ImportOutcome.Waiting => "waiting",
            _ => $"refused\t{line.Refusal!.Code}\t{line.Refusal.Reason.En}",
        };

    private static string Summary(ImportReport report, bool record, Guid? import)
    {
        var counts =
            $"{report.Count(ImportOutcome.New)} new, {report.Count(ImportOutcome.Known)} known, {report.Count(ImportOutcome.Waiting)} waiting, "
            + $"{report.Count(ImportOutcome.Refused)} refused";
        return !report.IsAccepted ? $"{counts}: nothing was taken."
            : !record ? $"{counts}: nothing was changed; --record takes it."
            : report.Count(ImportOutcome.New) == 0 ? $"{counts}: nothing to take."
            : import is null ? $"{counts}: recorded."
            : $"{counts}: proposed; another person decides it at /api/v1/submissions?import={import}.";
    }
}
