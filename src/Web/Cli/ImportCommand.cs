using System.CommandLine;
using Ledger.Importing;
using Ledger.Method;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger import FILE [--record]</c>: judges a file of events and, if asked to, takes it whole.</summary>
internal static class ImportCommand
{
    /// <param name="root">Where the verb is added.</param>
    /// <param name="take">What is done with an import that is accepted; null = it is recorded.</param>
    public static void AddTo(RootCommand root, Func<OpenLedger, TakeImport>? take = null)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "A file of events that ends in .csv, .yaml or .jsonl.",
        };
        var record = new Option<bool>("--record")
        {
            Description = "Record it. Without this nothing is changed, only reported.",
        };
        var recorder = new Option<string>("--as")
        {
            Description = "Pseudonymous id of who records it.",
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
                    take,
                    stop
                )
        );
        root.Add(import);
    }

    private static async Task<int> RunAsync(
        FileInfo file,
        string recordedBy,
        bool record,
        Func<OpenLedger, TakeImport>? take,
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
        if (record && settings.FourEyes && take is null)
        {
            throw new Refusal(
                "Here a second person checks what is recorded, and a file cannot be proposed for that yet: send its events over HTTP, "
                    + "or record it without review by LEDGER_REVIEW=off ./ledger import FILE --record."
            );
        }

        await using var ledger = await Commands.OpenAsync(stop);
        if (record)
        {
            await ledger.FixOriginAsync(settings.Origin, stop);
            await MethodSeed.EnsureAsync(ledger.Store, cancellation: stop);
        }

        await using var content = file.OpenRead();
        var importer = new Importer(ledger.Store, TimeProvider.System, take?.Invoke(ledger));
        var report = await importer.RunAsync(content, format, recordedBy, record, stop);
        foreach (var line in report.Lines)
        {
            Console.WriteLine(Sentence(line));
        }

        await Console.Error.WriteLineAsync(Summary(report, record));
        return report.IsAccepted ? 0 : 1;
    }

    private static string Sentence(ImportLine line) =>
        $"{line.Line}\t{line.Id ?? "-"}\t"
        + line.Outcome switch
        {
            ImportOutcome.New => "new",
            ImportOutcome.Known => "known",
            _ => $"refused\t{line.Refusal!.Code}\t{line.Refusal.Reason.En}",
        };

    private static string Summary(ImportReport report, bool record)
    {
        var counts =
            $"{report.Count(ImportOutcome.New)} new, {report.Count(ImportOutcome.Known)} known, {report.Count(ImportOutcome.Refused)} refused";
        return !report.IsAccepted ? $"{counts}: nothing was taken."
            : record ? $"{counts}: taken."
            : $"{counts}: nothing was changed; --record takes it.";
    }
}
