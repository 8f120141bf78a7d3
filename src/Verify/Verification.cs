using Verify.Checks;
using Verify.Fetching;
using Verify.Notes;

namespace Verify;

/// <summary>How far a check has come.</summary>
/// <param name="Step">What is being done.</param>
public readonly record struct Progress(Sentence Step, long Done, long Of);

/// <summary>One check of a log from beginning to end.</summary>
public sealed class Verification(
    Request request,
    ISource source,
    TimeProvider clock,
    IProgress<Progress> progress
)
{
    private const int LongestNote = 1 << 20;
    private const int MostRounds = 3;
    private static readonly TimeSpan s_untilSigned = TimeSpan.FromSeconds(2);
    private static readonly Sentence s_reading = new("Einträge", "Entries");
    private static readonly Sentence s_comparing = new("Listen der Website", "Lists of the site");

    private Verdict _verdict = null!;

    /// <summary>Checks, and never throws for what it finds.</summary>
    public async Task<Verdict> RunAsync(CancellationToken cancellation)
    {
        _verdict = new Verdict
        {
            Where = request.Where,
            At = clock.GetUtcNow(),
            Quorum = request.Quorum,
        };
        try
        {
            await CheckAsync(cancellation);
        }
        catch (CannotCheckException e)
        {
            _verdict = _verdict with { Obstacle = e.Obstacle };
        }
        catch (FaultException e)
        {
            _verdict = _verdict with { Faults = [.. _verdict.Faults, e.Fault] };
        }
        catch (OperationCanceledException)
        {
            _verdict = _verdict with { Obstacle = Obstacles.Cancelled };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _verdict = _verdict with
            {
                Obstacle = Obstacles.StateUnusable(
                    request.State ?? request.Entries ?? request.Copy ?? ".",
                    e.Message
                ),
            };
        }

        return _verdict;
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        using var saved = request.State is { } folder
            ? Saved.Open(folder, request.Keys[0].Name)
            : null;
        var list = await WithheldList.ReadAsync(source, cancellation);
        for (var round = 1; ; round++)
        {
            // The checkpoint first: a new key is announced before it signs one.
            var bytes = await source.ReadAsync(LogPath.Checkpoint, LongestNote, cancellation);
            var chain = await KeyChain.ReadAsync(
                source,
                request.Keys,
                saved?.Rotations() ?? [],
                cancellation
            );
            var earlier = saved?.Read(chain.Keys) ?? [];
            var checkpoint = Open(bytes, chain);
            await CompareSizesAsync(checkpoint, earlier, saved, cancellation);
            var past = await PastCheckpoints.ReadAsync(source, chain.Keys, cancellation);
            if (past.FirstOrDefault(chain.IsLate) is { } late)
            {
                throw new FaultException(Faults.KeyRetired(late.Size));
            }

            var log = await LogAsync(checkpoint, [.. earlier, .. past], list, cancellation);
            var again = await WithheldList.ReadAsync(source, cancellation);
            if (again.Text != list.Text)
            {
                // Something was withheld meanwhile; what was read before and after does not go together.
                list =
                    round < MostRounds ? again : throw new CannotCheckException(Obstacles.Moving);
                continue;
            }

            if (log.AwaitsDeclaration && round < MostRounds)
            {
                // Text goes at once; the event that declares it is signed a moment later.
                await Task.Delay(s_untilSigned, cancellation);
                continue;
            }

            await JudgeAsync(checkpoint, chain, log, earlier, list, saved, cancellation);
            return;
        }
    }

    private Checkpoint Open(byte[]? bytes, KeyChain chain)
    {
        if (bytes is null || !SignedNote.TryParse(bytes, out var note))
        {
            throw new CannotCheckException(
                Obstacles.NotALog($"{source.Address} {LogPath.Checkpoint}")
            );
        }

        var key =
            chain.Keys.FirstOrDefault(k => note.StateOf(k) == SignatureState.Valid)
            ?? throw new FaultException(Unsigned(note));
        if (!Checkpoint.TryParse(bytes, out var checkpoint))
        {
            throw new FaultException(Faults.CheckpointMalformed);
        }

        if (checkpoint.Origin != key.Name)
        {
            throw new FaultException(Faults.OriginDiffers(checkpoint.Origin, key.Name));
        }

        if (chain.IsLate(checkpoint))
        {
            throw new FaultException(Faults.KeyRetired(checkpoint.Size));
        }

        Cosigned[] cosigned =
        [
            .. request
                .Witnesses.Select(w => (w.Name, At: note.CosignedAt(w)))
                .Where(c => c.At is not null)
                .Select(c => new Cosigned(c.Name, c.At!.Value)),
        ];
        _verdict = _verdict with
        {
            Checkpoint = checkpoint,
            Key = key,
            IsSuccessor = !request.Keys.Any(key.IsSameAs),
            Cosigned = cosigned,
        };
        if (
            cosigned.Length > 0
            && cosigned.Max(c => c.At) is var at
            && clock.GetUtcNow() < at - Times.Skew
        )
        {
            throw new CannotCheckException(Obstacles.OwnClock(clock.GetUtcNow(), at));
        }

        return checkpoint;
    }

    private Fault Unsigned(SignedNote note)
    {
        var states = request.Keys.Select(k => (Key: k, State: note.StateOf(k))).ToArray();
        var (key, state) = states.MaxBy(s => s.State);
        var name = $"{key.Name}+{key.IdText}";
        return state switch
        {
            SignatureState.Forged => Faults.SignatureForged(name),
            SignatureState.AnotherKey => Faults.SignatureOtherKey(name),
            _ => Faults.SignatureMissing(name),
        };
    }

    // What needs no entry to be seen.
    private async Task CompareSizesAsync(
        Checkpoint checkpoint,
        IReadOnlyList<Checkpoint> earlier,
        Saved? saved,
        CancellationToken cancellation
    )
    {
        var forked = earlier.FirstOrDefault(e =>
            e.Size == checkpoint.Size && !e.IsSameAs(checkpoint)
        );
        var larger = earlier.LastOrDefault(e => e.Size > checkpoint.Size);
        if (forked is null && larger is null)
        {
            return;
        }

        await AccuseAsync(
            checkpoint,
            [.. new[] { forked, larger }.OfType<Checkpoint>()],
            saved,
            cancellation
        );
        throw new FaultException(
            forked is not null
                ? Faults.LogForked(forked)
                : Faults.LogShrunk(larger!, checkpoint.Size)
        );
    }

    private async Task<LogFindings> LogAsync(
        Checkpoint checkpoint,
        IReadOnlyList<Checkpoint> earlier,
        WithheldList list,
        CancellationToken cancellation
    )
    {
        List<Fault> timeFaults = [];
        var times = new Times(
            from c in earlier.Append(checkpoint)
            from w in request.Witnesses
            let at = c.Note.CosignedAt(w)
            where at is not null
            select new Witnessed(c.Size, at.Value),
            clock.GetUtcNow(),
            timeFaults
        );
        await using var lines = request.Entries is { } file ? EntryLines.Into(file) : null;
        var check = new LogCheck(
            source,
            checkpoint,
            earlier,
            times,
            timeFaults,
            WithApi,
            async (bundle, stop) =>
            {
                if (lines is not null)
                {
                    await lines.AddAsync(bundle.Bundle, stop);
                }

                progress.Report(
                    new Progress(s_reading, bundle.Start + bundle.Width, checkpoint.Size)
                );
            },
            () =>
                times.Finish(_verdict.Cosigned.Count > 0 ? _verdict.Cosigned.Min(c => c.At) : null)
        );
        var log = await check.RunAsync(list, cancellation);
        if (lines is not null && log is { RootFits: true, Faults.Count: 0 })
        {
            lines.Finish();
        }

        return log;
    }

    private bool WithApi => !request.LogOnly && source.HasApi;

    private async Task JudgeAsync(
        Checkpoint checkpoint,
        KeyChain chain,
        LogFindings log,
        IReadOnlyList<Checkpoint> earlier,
        WithheldList list,
        Saved? saved,
        CancellationToken cancellation
    )
    {
        List<Fault> faults = [.. log.Faults];
        if (log.RootFits)
        {
            faults.AddRange(chain.Differences(checkpoint, log.Rotations));
        }

        var holds = faults.Count == 0;
        if (_verdict.Cosigned.Count < request.Quorum)
        {
            faults.Add(Faults.NotCosigned(_verdict.Cosigned.Count, request.Quorum));
        }

        _verdict = _verdict with
        {
            Faults = faults,
            LastTime = log.LastTime,
            Withheld = [.. log.Withheld.Order()],
            Remembered = saved is null ? null : earlier.Count(e => !log.Rewritten.Contains(e)),
        };
        if (log.Rewritten.Count > 0 || !log.RootFits)
        {
            await AccuseAsync(checkpoint, log.Rewritten, saved, cancellation);
        }
        else if (saved is not null && holds && _verdict.Cosigned.Count >= request.Quorum)
        {
            foreach (var rotation in chain.Used)
            {
                await saved.KeepAsync(rotation, cancellation);
            }

            await saved.KeepAsync(checkpoint, cancellation);
        }

        if (holds)
        {
            (source as Copying)?.Finish();
        }

        if (!WithApi)
        {
            return;
        }

        if (!holds)
        {
            _verdict = _verdict with { Api = ApiState.Pointless };
            return;
        }

        var api = new ApiCheck(source, checkpoint, log);
        var found = await api.RunAsync(
            (done, of) => progress.Report(new Progress(s_comparing, done, of)),
            cancellation
        );
        if (
            found.Count > 0
            && (await WithheldList.ReadAsync(source, cancellation)).Text != list.Text
        )
        {
            throw new CannotCheckException(Obstacles.Moving);
        }

        _verdict = _verdict with
        {
            Faults = [.. faults, .. found],
            Api = ApiState.Compared,
            ApiLists = api.Lists,
        };
    }

    private async Task AccuseAsync(
        Checkpoint checkpoint,
        IReadOnlyList<Checkpoint> against,
        Saved? saved,
        CancellationToken cancellation
    )
    {
        if (saved is not null)
        {
            _verdict = _verdict with
            {
                Evidence = await saved.AccuseAsync([checkpoint, .. against], cancellation),
            };
        }
    }
}
