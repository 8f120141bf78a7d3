using System.CommandLine;
using System.Globalization;
using Ledger.EventStore;
using Ledger.Sources;
using Projections;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger source</c>: the documents in which promises stand, held against the operator's own copies.</summary>
internal static class SourceCommand
{
    public static void AddTo(RootCommand root)
    {
        var source = new Command("source", "The documents in which promises stand.")
        {
            Check(),
            Import(),
            Forget(),
            List(),
        };
        root.Add(source);
    }

    private static Command Check()
    {
        var file = FileArgument();
        var seeds = new Option<bool>("--seeds")
        {
            Description =
                "Hold it against the files under seeds/, before they are recorded, instead of against the record.",
        };
        var lines = new Option<bool>("--lines")
        {
            Description = "Also name, line by line, the promises that cover it.",
        };
        var check = new Command(
            "check",
            "Is it a registered file, do all passages stand where the record says, is every item a promise or left out?"
        )
        {
            file,
            seeds,
            lines,
        };
        check.SetAction(
            async (parsed, stop) =>
            {
                var document = await ReadAsync(parsed.GetRequiredValue(file), stop);
                var citations = parsed.GetValue(seeds)
                    ? Citations.InSeeds(LedgerSettings.FromEnvironment().Seeds)
                    : await OnRecordAsync(stop);
                var name = Registered(document, citations);
                var registered = citations.Sources[name];
                var result = new SourceCheck(
                    name,
                    registered,
                    SourceDocument.Read(registered.Normalisation, document.Text),
                    [.. citations.All.Where(c => c.Passage.Source == name)]
                );
                SourceReport.Write(Console.Out, result, parsed.GetValue(lines));
                return result.Faults.Count == 0 ? 0 : 1;
            }
        );
        return check;
    }

    private static Command Import()
    {
        var file = FileArgument();
        var import = new Command(
            "import",
            "Keep the text of a registered file beside the record, so that pages can show passages."
        )
        {
            file,
        };
        import.SetAction(
            async (parsed, stop) =>
            {
                var document = await ReadAsync(parsed.GetRequiredValue(file), stop);
                await using var ledger = await Commands.OpenAsync(stop);
                var citations = await OnRecordAsync(ledger, stop);
                var name = Registered(document, citations);
                var read = SourceDocument.Read(
                    citations.Sources[name].Normalisation,
                    document.Text
                );
                var isNew = await new SourceTexts(ledger.Database).ImportAsync(
                    name,
                    document.Sha256,
                    read,
                    stop
                );
                Console.WriteLine(
                    isNew
                        ? $"{name}: {read.TextLines} lines are kept. './ledger source forget {name}' erases them."
                        : $"{name}: its text is kept already; nothing changed."
                );
                return 0;
            }
        );
        return import;
    }

    private static Command Forget()
    {
        var slug = new Argument<string>("SLUG")
        {
            Description = "The source's name, such as './ledger source list' shows it.",
        };
        var forget = new Command("forget", "Erase the text that is kept of a source.") { slug };
        forget.SetAction(
            async (parsed, stop) =>
            {
                var name = parsed.GetRequiredValue(slug);
                await using var ledger = await Commands.OpenAsync(stop);
                var texts = new SourceTexts(ledger.Database);
                var erased = await texts.ForgetAsync(name, stop);
                if (erased == 0 && !(await OnRecordAsync(ledger, stop)).Sources.ContainsKey(name))
                {
                    throw new Refusal(
                        $"There is no source '{name}'; './ledger source list' names them."
                    );
                }

                Console.WriteLine(
                    erased == 0
                        ? $"{name}: no text was kept."
                        : $"{name}: {erased} lines are erased. Backups that were made before may still hold them."
                );
                return 0;
            }
        );
        return forget;
    }

    private static Command List()
    {
        var list = new Command("list", "The registered sources, and whose text is kept.");
        list.SetAction(
            async (_, stop) =>
            {
                await using var ledger = await Commands.OpenAsync(stop);
                var citations = await OnRecordAsync(ledger, stop);
                var copies = (await new SourceTexts(ledger.Database).ListAsync(stop)).ToDictionary(
                    c => c.Source,
                    StringComparer.Ordinal
                );
                foreach (
                    var (name, source) in citations.Sources.OrderBy(
                        s => s.Key,
                        StringComparer.Ordinal
                    )
                )
                {
                    var promises = citations.All.Count(c =>
                        c.IsPromise && c.Passage.Source == name
                    );
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{name}\t{EnumNames.Of(source.Kind)}\t{promises} promises\t{source.Normalisation}\t{source.File.Name}\t{source.File.Sha256}\t{Kept(copies.GetValueOrDefault(name))}"
                        )
                    );
                }

                return 0;
            }
        );
        return list;
    }

    private static string Kept(SourceCopy? copy) =>
        copy is not { Lines: > 0 }
            ? "text not kept"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"text kept since {copy.Changed:yyyy-MM-dd HH:mm} UTC"
            );

    private static Argument<string> FileArgument() =>
        new("FILE") { Description = "Your copy of the document." };

    private static Task<DocumentFile> ReadAsync(string path, CancellationToken stop) =>
        DocumentFile.ReadAsync(path, stop);

    private static async Task<Citations> OnRecordAsync(CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        return await OnRecordAsync(ledger, stop);
    }

    private static async Task<Citations> OnRecordAsync(OpenLedger ledger, CancellationToken stop)
    {
        var citations = await Citations.OnRecordAsync(ledger.Store, stop);
        return citations.Sources.Count > 0
            ? citations
            : throw new Refusal(
                "No source is on record yet: './ledger up' records the catalogue; './ledger source check --seeds' needs no record."
            );
    }

    private static string Registered(DocumentFile file, Citations citations) =>
        RegisteredFiles.Find(file, citations.Sources)
        ?? throw new Refusal(RegisteredFiles.WhyNot(file, citations.Sources));
}
