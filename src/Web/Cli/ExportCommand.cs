using System.CommandLine;
using System.Text;
using Ledger.EventStore;
using Ledger.Importing;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger export</c>: the record as a file that can be imported again, on standard output.</summary>
internal static class ExportCommand
{
    public static void AddTo(RootCommand root)
    {
        var format = new Option<string>("--format")
        {
            Description = "csv, yaml or jsonl.",
            DefaultValueFactory = _ => "jsonl",
        };
        var municipality = new Option<string?>("--municipality")
        {
            Description = "Only what belongs to this municipality, such as krefeld.",
        };
        var export = new Command(
            "export",
            "Write the record to standard output so that it can be imported again."
        )
        {
            format,
            municipality,
        };
        export.SetAction(
            (parsed, stop) =>
                RunAsync(parsed.GetRequiredValue(format), parsed.GetValue(municipality), stop)
        );
        root.Add(export);
    }

    private static async Task<int> RunAsync(
        string name,
        string? municipality,
        CancellationToken stop
    )
    {
        var format =
            ImportFormats.Of(name)
            ?? throw new Refusal($"The format '{name}' is none of csv, yaml and jsonl.");
        await using var ledger = await Commands.OpenAsync(stop);
        if (
            municipality is not null
            && (
                !StreamKey.IsName(municipality)
                || (
                    await ledger.Store.ReadStreamAsync(
                        StreamKey.Council(municipality),
                        cancellation: stop
                    )
                ).Count == 0
            )
        )
        {
            throw new Refusal($"The municipality '{municipality}' is not on record.");
        }

        await using (
            var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false))
        )
        {
            await new Exporter(ledger.Store).WriteAsync(output, format, municipality, stop);
        }

        await Console.Error.WriteLineAsync(
            "The catalogue's own texts are CC BY 4.0. Replies are written out with names: this file is not for publication."
        );
        return 0;
    }
}
