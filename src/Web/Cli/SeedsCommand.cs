using System.CommandLine;
using Ledger.Catalogue;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger seeds</c>: the catalogue's files, for those who edit them.</summary>
internal static class SeedsCommand
{
    public static void AddTo(RootCommand root)
    {
        var seeds = new Command("seeds", "The catalogue's files.");
        var validate = new Command(
            "validate",
            "Read and decide everything in seeds/ without recording."
        );
        validate.SetAction(_ =>
        {
            // Needs no database: the seeds are judged by themselves.
            var count = Catalogue.Validate(Folder, TimeProvider.System);
            Console.WriteLine($"{count} items are in order.");
            return 0;
        });
        seeds.Add(validate);

        var diff = new Command("diff", "Say what recording the seeds would add; records nothing.");
        diff.SetAction((_, stop) => DiffAsync(stop));
        seeds.Add(diff);

        var freeze = new Command(
            "freeze",
            "Freeze what is new in seeds/: from then on it is corrected, never changed."
        );
        freeze.SetAction(_ =>
        {
            var added = Catalogue.FreezeAll(Folder, TimeProvider.System);
            Console.WriteLine($"{added} items were frozen.");
            return 0;
        });
        seeds.Add(freeze);

        var report = new Command(
            "report",
            "Print where each researched fact went, as docs/catalogue.md has it."
        );
        report.SetAction(_ =>
        {
            Console.Write(CatalogueReport.Write(Folder));
            return 0;
        });
        seeds.Add(report);
        root.Add(seeds);
    }

    private static string Folder => LedgerSettings.FromEnvironment().Seeds;

    private static async Task<int> DiffAsync(CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        var added = await new Catalogue(ledger.Store, TimeProvider.System).DiffAsync(Folder, stop);
        foreach (var item in added)
        {
            Console.WriteLine($"+ {item.Stream}  {item.Type.Name}  {item.Id}  ({item.Place})");
        }

        Console.WriteLine(
            added.Count == 0
                ? "Everything in the seeds is on record."
                : $"Recording would add {added.Count} events."
        );
        return 0;
    }
}
