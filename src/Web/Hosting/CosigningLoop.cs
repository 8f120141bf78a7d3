using System.Threading.Channels;
using Ledger.Transparency;

namespace Web.Hosting;

/// <summary>
/// Asks the witnesses of the policy for cosignatures, beside the sealing: of each new checkpoint, and daily of the newest, which shows that the log
/// is still shown to them. Publishes a checkpoint that waited for its quorum.
/// </summary>
public sealed class CosigningLoop(
    Cosigning cosigning,
    LogReader log,
    Publisher publisher,
    ILogger logger
)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(20);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(1);

    /// <summary>A sentence for each witness that did not cosign the newest checkpoint.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>What a witness says against this log; null while none does. Nothing is signed any more.</summary>
    public string? Contradiction { get; private set; }

    /// <summary>A checkpoint was signed.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var policy = publisher.Policy();
            if (policy.Witnesses.Count > 0 && await log.NewestSignedAsync(stop) is { } newest)
            {
                await AskAsync(policy, newest, stop);
            }

            await WaitAsync(Faults.Count > 0 ? s_retry : TimeSpan.FromHours(1), stop);
        }
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(longest);
        try
        {
            await _signal.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing was signed meanwhile: time to ask again.
        }
    }

    /// <summary>Asks for what is missing or no longer fresh.</summary>
    private async Task AskAsync(LogPolicy policy, SignedCheckpoint newest, CancellationToken stop)
    {
        var lines = await log.CosignaturesAsync(newest.Size, stop);
        var isFresh = policy
            .Witnesses.Where(w => w.Url is not null)
            .All(w =>
                lines.Any(l =>
                    l.Name == w.Key.Name
                    && l.KeyId == w.Key.Id
                    && l.Time > TimeProvider.System.GetUtcNow() - s_fresh
                )
            );
        if (!isFresh)
        {
            var outcomes = await cosigning.AskAsync(policy, newest, stop);
            Faults = [.. outcomes.Select(o => o.Fault).OfType<string>()];
            Contradiction = outcomes.FirstOrDefault(o => o.Contradicts)?.Fault;
            foreach (var fault in Faults)
            {
                logger.LogWarning("{Fault}", fault);
            }
        }

        if (newest.Published is null && policy.IsMetBy(await log.NoteAsync(newest, stop)))
        {
            await publisher.ShowAsync(newest.Size, stop);
        }
    }
}
