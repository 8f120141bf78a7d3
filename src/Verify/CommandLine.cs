using System.CommandLine;
using Verify.Fetching;
using Verify.Notes;
using Verify.Reporting;

namespace Verify;

/// <summary>The command: reads what was typed, checks once or again and again, and says the verdict.</summary>
public static class CommandLine
{
    private sealed record Manner(string Language, bool Json, bool Quiet, int? Minutes);

    /// <summary>Runs the command.</summary>
    /// <returns>0 whole, 1 faulty, 2 not checked.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter errors,
        TimeProvider clock,
        CancellationToken cancellation = default
    )
    {
        var root = new RootCommand(
            "Prüft das Logbuch eines Zusagenbuchs von außen. Ende: 0 unversehrt, 1 Fehler, 2 nicht geprüft. / Checks the log of a Zusagenbuch from outside. Exit: 0 whole, 1 fault, 2 not checked."
        );
        Options.AddTo(root);
        root.SetAction(
            (parsed, stop) =>
                GuardedAsync(parsed, args.Contains("--json"), output, errors, clock, stop)
        );
        var parsed = root.Parse(args);
        return parsed.Errors.Count > 0
            ? await GuardedAsync(
                parsed,
                args.Contains("--json"),
                output,
                errors,
                clock,
                cancellation
            )
            : await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = errors,
                    EnableDefaultExceptionHandler = false,
                },
                cancellation
            );
    }

    private static async Task<int> GuardedAsync(
        ParseResult parsed,
        bool json,
        TextWriter output,
        TextWriter errors,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        try
        {
            var (request, manner) = Read(parsed);
            return await CheckAsync(request, manner, output, errors, clock, cancellation);
        }
        catch (CannotCheckException e)
        {
            var refused = new Verdict
            {
                Where = "",
                At = clock.GetUtcNow(),
                Obstacle = e.Obstacle,
            };
            await (json ? output : errors).WriteLineAsync(
                json ? JsonReport.Of(refused, "de") : TextReport.Of(refused, "de")
            );
            return refused.Exit;
        }
    }

    private static async Task<int> CheckAsync(
        Request request,
        Manner manner,
        TextWriter output,
        TextWriter errors,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            using var bar = new ProgressBar(
                errors,
                manner.Language,
                shown: !manner.Json && !manner.Quiet && !Console.IsErrorRedirected
            );
            var verdict = await OnceAsync(request, clock, bar, cancellation);
            bar.Clear();
            if (!manner.Quiet || verdict.Exit != 0)
            {
                await output.WriteLineAsync(
                    manner.Json
                        ? JsonReport.Of(verdict, manner.Language)
                        : TextReport.Of(verdict, manner.Language)
                );
                await output.FlushAsync(cancellation);
            }

            if (
                manner.Minutes is not { } minutes
                || verdict.Exit == 1
                || cancellation.IsCancellationRequested
            )
            {
                return verdict.Exit;
            }

            try
            {
                await Task.Delay(TimeSpan.FromMinutes(minutes), clock, cancellation);
            }
            catch (OperationCanceledException)
            {
                return verdict.Exit;
            }
        }
    }

    private static async Task<Verdict> OnceAsync(
        Request request,
        TimeProvider clock,
        IProgress<Progress> progress,
        CancellationToken cancellation
    )
    {
        using var site = Places.IsFolder(request.Where)
            ? null
            : new Site(Places.Site(request.Where));
        ISource source = site is null ? new Folder(Places.Folder(request.Where)) : site;
        try
        {
            return await new Verification(
                request,
                request.Copy is { } folder ? Copying.Into(folder, source) : source,
                clock,
                progress
            ).RunAsync(cancellation);
        }
        catch (CannotCheckException e)
        {
            return new Verdict
            {
                Where = request.Where,
                At = clock.GetUtcNow(),
                Obstacle = e.Obstacle,
            };
        }
    }

    private static (Request, Manner) Read(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
        {
            throw Refused(string.Join(" ", parsed.Errors.Select(e => e.Message)));
        }

        var keys = parsed.GetValue(Options.Key)!.Select(k => Key(k, KeyType.Log)).ToArray();
        if (keys.Any(k => k.Name != keys[0].Name))
        {
            throw Refused("--key: ein Logbuch hat einen Namen / the keys of one log bear one name");
        }

        VerifierKey[] witnesses =
        [
            .. (parsed.GetValue(Options.Witness) ?? [])
                .Select(k => Key(k, KeyType.Witness))
                .DistinctBy(k => (k.Name, k.Id)),
        ];
        var quorum = parsed.GetValue(Options.Quorum) ?? witnesses.Length;
        if (quorum < 0 || quorum > witnesses.Length)
        {
            throw Refused(
                $"--quorum: 0–{witnesses.Length}, so viele Zeugen sind mit --witness angegeben / as many witnesses are given"
            );
        }

        var language = parsed.GetValue(Options.Language)!;
        if (language is not ("de" or "en"))
        {
            throw Refused("--lang: de, en");
        }

        var where = parsed.GetValue(Options.Where)!;
        if (!Places.IsFolder(where))
        {
            Places.Site(where);
        }

        return (
            new Request(
                where,
                keys,
                witnesses,
                quorum,
                parsed.GetValue(Options.State),
                parsed.GetValue(Options.Entries),
                parsed.GetValue(Options.Copy),
                parsed.GetValue(Options.LogOnly)
            ),
            new Manner(
                language,
                parsed.GetValue(Options.Json),
                parsed.GetValue(Options.Quiet),
                parsed.GetResult(Options.Watch) is null
                    ? null
                    : parsed.GetValue(Options.Watch) ?? 60
            )
        );
    }

    private static VerifierKey Key(string text, KeyType type) =>
        VerifierKey.TryParse(text, out var key) && key.Type == type
            ? key
            : throw new CannotCheckException(
                Obstacles.BadKey(text, type == KeyType.Witness ? "witness" : "log")
            );

    private static CannotCheckException Refused(string why) => new(Obstacles.BadArguments(why));
}
