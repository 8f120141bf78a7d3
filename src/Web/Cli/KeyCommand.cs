using System.CommandLine;
using Ledger.EventStore;
using Ledger.Transparency;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger key</c>: the log's private key.</summary>
internal static class KeyCommand
{
    public static void AddTo(RootCommand root)
    {
        var key = new Command("key", "The log's private key.");
        var create = new Command(
            "create",
            "Make the log's key. Never overwrites one; afterwards keep a copy where no backup of the database is."
        );
        create.SetAction((_, stop) => CreateAsync(stop));
        var show = new Command("show", "Print the public half, which readers need to verify.");
        show.SetAction((_, stop) => ShowAsync(stop));
        var rotate = new Command(
            "rotate",
            "Give the log a new key, which the old one names as its successor; an event announces it. Goes on where it was interrupted."
        );
        rotate.SetAction((_, stop) => RotateAsync(stop));
        key.Add(create);
        key.Add(rotate);
        key.Add(show);
        root.Add(key);
    }

    private static async Task<int> CreateAsync(CancellationToken stop)
    {
        var folder = LedgerSettings.FromEnvironment().LogFolder;
        await using var ledger = await Commands.OpenAsync(stop);
        var origin = await OriginAsync(ledger, stop);
        var signed = await new LogReader(ledger.Database).NewestSignedAsync(stop);
        var key = folder.CreateKey(origin, isNewLog: signed is null);
        Console.WriteLine($"The key of {origin} is in {folder.KeyFile}; nobody else may read it.");
        Console.WriteLine($"Verifier key, for everybody: {key.Verifier}");
        if (signed is not null)
        {
            Console.WriteLine(
                "This log was signed with another key before: nothing is signed until you say './ledger log adopt --new-key'."
            );
        }

        return 0;
    }

    private static async Task<int> RotateAsync(CancellationToken stop)
    {
        var folder = LedgerSettings.FromEnvironment().LogFolder;
        await using var ledger = await Commands.OpenAsync(stop);
        var origin = await OriginAsync(ledger, stop);
        var note = await new KeyChange(ledger.Store, origin, folder, TimeProvider.System).RunAsync(
            stop
        );
        Console.WriteLine(
            $"The log has a new key in {folder.KeyFile}; keep a copy where no backup of the database is. The old one is in {folder.OldKeyFile}: "
                + "nothing needs it any more. The next checkpoint bears the new signature."
        );
        Console.WriteLine(
            $"Verifier key, for everybody, and for the witnesses: {KeyRotation.Parse(note.Text).New}"
        );
        Console.WriteLine($"What the old key says of it:\n\n{note}");
        return 0;
    }

    private static async Task<int> ShowAsync(CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        var origin = await OriginAsync(ledger, stop);
        Console.WriteLine(LedgerSettings.FromEnvironment().LogFolder.ReadKey(origin).Verifier);
        return 0;
    }

    internal static async Task<string> OriginAsync(OpenLedger ledger, CancellationToken stop) =>
        await Origin.FixedAsync(ledger.Database, stop)
        ?? throw new Refusal(
            "The origin of this log is not fixed yet: say './ledger init --origin zusagen.example/log' first."
        );
}
