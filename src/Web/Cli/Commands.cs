using System.CommandLine;
using Ledger.Catalogue;
using Ledger.EventStore;
using Ledger.Postgres;
using Ledger.Sources;
using Ledger.Transparency;
using Npgsql;
using Web.Hosting;

namespace Web.Cli;

/// <summary>The verbs of <c>./ledger</c> that this program carries out. Without a verb it serves.</summary>
public static class Commands
{
    /// <summary>Carries out a command line.</summary>
    /// <returns>0; 1 when it was refused, with one sentence on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        using var stop = new Stop();
        try
        {
            return await parsed.InvokeAsync(invocation, stop.Token);
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 130;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand(
            "Zusagenbuch: a public, append-only ledger of the promises of local government."
        );
        ServeCommand.AddTo(root, "up", "Record the seeds and serve the site (the default).");

        var init = new Command(
            "init",
            "Fix the origin, the log's identity, before the first record."
        );
        var origin = new Option<string>("--origin")
        {
            Description = "The public address of the log without its scheme: zusagen.example/log.",
            Required = true,
        };
        init.Add(origin);
        init.SetAction(
            async (parsed, stop) =>
            {
                await using var ledger = await OpenAsync(stop);
                var fixedOrigin = await ledger.FixOriginAsync(
                    parsed.GetRequiredValue(origin),
                    stop
                );
                Console.WriteLine($"The origin of this log is {fixedOrigin}.");
                return 0;
            }
        );
        root.Add(init);

        var rebuild = new Command(
            "rebuild",
            "Make read models anew from the record, beside the live ones."
        );
        var names = new Argument<string[]>("read model")
        {
            Description = "Which; all when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        rebuild.Add(names);
        rebuild.SetAction(
            (parsed, stop) => UpkeepCommands.RebuildAsync(parsed.GetRequiredValue(names), stop)
        );
        root.Add(rebuild);

        var check = new Command(
            "check",
            "Look over the record and compare the read models with it."
        );
        check.SetAction((_, stop) => UpkeepCommands.CheckAsync(stop));
        root.Add(check);

        UserCommand.AddTo(root);
        ImportCommand.AddTo(root);
        KeyCommand.AddTo(root);
        LogCommand.AddTo(root);
        WitnessCommand.AddTo(root);
        ExportCommand.AddTo(root);
        SourceCommand.AddTo(root);
        ReportsCommand.AddTo(root);
        SeedsCommand.AddTo(root);
        return root;
    }

    /// <summary>Opens the ledger as this process's settings say.</summary>
    internal static Task<OpenLedger> OpenAsync(CancellationToken stop) =>
        OpenLedger.OpenAsync(LedgerSettings.FromEnvironment(), Progress.OnConsole(), stop);

    // What was foreseen is one sentence; anything else is a fault of ours and shows its stack.
    private static string? Sentence(Exception e) =>
        e switch
        {
            Refusal or StartRefused or SchemaException or CatalogueException => e.Message,
            UnreadableDocumentException or LogFaultException => e.Message,
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
                "The disk is full: PostgreSQL cannot write any more; free some space and start again.",
            PostgresException p => $"The database refused: {p.MessageText}",
            NpgsqlException => $"The database does not answer: {e.Message}",
            _ => null,
        };

    /// <summary>Ctrl+C and SIGTERM ask to stop once; everything that was opened is closed in order.</summary>
    private sealed class Stop : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly List<IDisposable> _signals = [];

        public Stop()
        {
            foreach (
                var signal in (System.Runtime.InteropServices.PosixSignal[])
                    [
                        System.Runtime.InteropServices.PosixSignal.SIGINT,
                        System.Runtime.InteropServices.PosixSignal.SIGTERM,
                        System.Runtime.InteropServices.PosixSignal.SIGHUP,
                    ]
            )
            {
                _signals.Add(
                    System.Runtime.InteropServices.PosixSignalRegistration.Create(
                        signal,
                        context =>
                        {
                            context.Cancel = true;
                            _source.Cancel();
                        }
                    )
                );
            }
        }

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            _signals.ForEach(s => s.Dispose());
            _source.Dispose();
        }
    }
}
