using System.CommandLine;
using Ledger.Recording;
using Ledger.Transparency;
using Npgsql;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger log</c>: what only the operator does to the log.</summary>
internal static class LogCommand
{
    public static void AddTo(RootCommand root)
    {
        var log = new Command("log", "What only the operator does to the log.");
        log.Add(Adopt());
        log.Add(Erase());
        log.Add(Withhold());
        root.Add(log);
    }

    private static Command Adopt()
    {
        var newKey = new Option<bool>("--new-key")
        {
            Description = "The key is a new one of the same log; readers must be given it.",
        };
        var adopt = new Command(
            "adopt",
            "Say that this database is the log, when the file with the newest signed checkpoint is lost."
        );
        adopt.Add(newKey);
        adopt.SetAction(
            async (parsed, stop) =>
            {
                await using var ledger = await Commands.OpenAsync(stop);
                var origin = await KeyCommand.OriginAsync(ledger, stop);
                var folder = LedgerSettings.FromEnvironment().LogFolder;
                var note = await new Publisher(ledger.Database, origin, folder).AdoptAsync(
                    parsed.GetValue(newKey),
                    stop
                );
                Console.WriteLine($"Adopted. The log goes on from this checkpoint:\n\n{note}");
                return 0;
            }
        );
        return adopt;
    }

    private static Command Erase()
    {
        var id = new Argument<Guid>("event") { Description = "Id of the statement." };
        var only = new Option<string[]>("--only")
        {
            Description = "name or text; both when not said.",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. Disclosures.PersonalFields]);
        var ground = Ground();
        var erase = new Command(
            "erase",
            "Erase the personal values of a statement; declared by an event."
        );
        erase.Add(id);
        erase.Add(only);
        erase.Add(ground);
        erase.SetAction(
            (parsed, stop) =>
                DoAsync(
                    (erasure, cancellation) =>
                        erasure.EraseAsync(
                            parsed.GetRequiredValue(id),
                            parsed.GetValue(only) ?? [],
                            new Text(parsed.GetRequiredValue(ground)),
                            cancellation
                        ),
                    "Erased, and declared by an event. Backups from before still hold the values; they go again when one is restored.",
                    stop
                )
        );
        return erase;
    }

    private static Command Withhold()
    {
        var index = new Argument<long>("index") { Description = "Log index of the entry." };
        var ground = Ground();
        var withhold = new Command(
            "withhold",
            "Blank an entry whole, in an emergency or by court order; declared by an event. Its hash stays."
        );
        withhold.Add(index);
        withhold.Add(ground);
        withhold.SetAction(
            (parsed, stop) =>
                DoAsync(
                    (erasure, cancellation) =>
                        erasure.WithholdAsync(
                            parsed.GetRequiredValue(index),
                            new Text(parsed.GetRequiredValue(ground)),
                            cancellation
                        ),
                    "Withheld, and declared by an event. Corrections of this entry may repeat what it said: withhold them, too.",
                    stop
                )
        );
        return withhold;
    }

    private static Option<string> Ground() =>
        new("--ground")
        {
            Description = "Why, and on what legal ground; in German, for readers.",
            Required = true,
        };

    private static async Task<int> DoAsync(
        Func<OperatorErasure, CancellationToken, Task<Decision>> act,
        string done,
        CancellationToken stop
    )
    {
        await using var ledger = await Commands.OpenAsync(stop);
        await using var owner = OperatorErasure.OpenOwner(
            ledger.OwnerAddress
                ?? throw new Refusal("Erasing needs ConnectionStrings__LedgerOwner.")
        );
        var erasure = new OperatorErasure(
            owner,
            LedgerSettings.FromEnvironment().LogFolder,
            TimeProvider.System
        );
        try
        {
            if (await act(erasure, stop) is Decision.Refused refused)
            {
                throw new Refusal(refused.Reason.En ?? refused.Reason.De);
            }
        }
        catch (PostgresException e)
            when (e.SqlState
                    is PostgresErrorCodes.InsufficientPrivilege
                        or PostgresErrorCodes.InvalidParameterValue
            )
        {
            throw new Refusal(
                "Only the owner of the tables can erase: name a role that may become it in ConnectionStrings__LedgerOwner."
            );
        }

        Console.WriteLine(done);
        return 0;
    }
}
