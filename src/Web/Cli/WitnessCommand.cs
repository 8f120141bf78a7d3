using System.CommandLine;
using Ledger.Transparency;
using Web.Hosting;
using Web.Log;

namespace Web.Cli;

/// <summary><c>./ledger witness</c>: cosigns other installations' logs. Needs no database.</summary>
internal static class WitnessCommand
{
    public static void AddTo(RootCommand root)
    {
        var folder = new Option<string>("--folder")
        {
            Description =
                "Where the witness keeps its key (key), the logs it knows (logs) and what it saw.",
            Required = true,
        };
        var witness = new Command("witness", "Cosign other installations' logs.");

        var name = new Option<string>("--name")
        {
            Description = "The witness's name, an address without its scheme: witness.example/w1.",
            Required = true,
        };
        var key = new Command("key", "Make the witness's key. Never overwrites one.");
        key.Add(folder);
        key.Add(name);
        key.SetAction(parsed =>
        {
            var made = SigningKey.Generate(
                parsed.GetRequiredValue(name),
                NoteAlgorithm.Cosignature
            );
            new LogFolder(parsed.GetRequiredValue(folder)).WriteKey(made);
            Console.WriteLine($"Verifier key, for the logs' policies: {made.Verifier}");
            return 0;
        });
        witness.Add(key);

        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, separated by semicolons.",
            DefaultValueFactory = _ => "http://127.0.0.1:5081",
        };
        var serve = new Command(
            "serve",
            "Answer add-checkpoint for the logs whose verifier keys stand in the file 'logs', one a line."
        );
        serve.Add(folder);
        serve.Add(urls);
        serve.SetAction(
            async (parsed, stop) =>
            {
                await using var app = WitnessSite.Build(
                    parsed.GetRequiredValue(folder),
                    parsed.GetRequiredValue(urls)
                );
                var addresses = await Site.ListenAsync(app, parsed.GetRequiredValue(urls), stop);
                Console.WriteLine(
                    $"The witness is at {string.Join(" and ", addresses)} (Ctrl+C stops it)"
                );
                await app.WaitForShutdownAsync(stop);
                return 0;
            }
        );
        witness.Add(serve);
        root.Add(witness);
    }
}
