using System.Globalization;
using Ledger.EventStore;
using Ledger.Transparency;
using Npgsql;

namespace Web.Hosting;

/// <summary>
/// <c>GET /health/ledger</c>: what the record and its read models say of themselves. 200 while it does what it should, else 503. What helps
/// others to check, and is missing for now, is a warning: a witness that does not answer takes no site down.
/// </summary>
public static class Health
{
    // Signed and not shown for longer than a witness takes to answer.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <param name="Status">"ok", "degraded" when there are only warnings, or "faulty".</param>
    /// <param name="Events">Number of indexed events.</param>
    /// <param name="Faults">A sentence for each fault; empty when all is well.</param>
    /// <param name="Warnings">A sentence for each witness that did not cosign the newest checkpoint, and for a mirror that is not there.</param>
    public sealed record Report(
        string Status,
        string? Origin,
        long? Events,
        IReadOnlyList<ProjectionReport> Projections,
        LogReport? Log,
        IReadOnlyList<string> Faults,
        IReadOnlyList<string> Warnings
    );

    /// <param name="Sealed">Number of entries that are sealed.</param>
    /// <param name="Published">Number of entries that the published checkpoint covers; null before the first.</param>
    public sealed record LogReport(long Sealed, long? Published);

    /// <param name="Next">Log index that it folds next.</param>
    /// <param name="Behind">Events that are recorded and not folded.</param>
    /// <param name="Stopped">Why it stopped, and at which event; null while it runs.</param>
    public sealed record ProjectionReport(
        string Name,
        long Next,
        long Behind,
        string? Stopped,
        Guid? StoppedAt
    );

    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapMethods("/health/ledger", ["GET", "HEAD"], GetAsync);

    private static async Task<IResult> GetAsync(
        OpenLedger ledger,
        ProjectionLoop loop,
        SealingLoop sealing,
        LogReader log,
        CancellationToken cancellation
    )
    {
        var report = await ReportAsync(ledger, loop, sealing, log, cancellation);
        return Results.Json(report, statusCode: report.Faults.Count == 0 ? 200 : 503);
    }

    private static async Task<Report> ReportAsync(
        OpenLedger ledger,
        ProjectionLoop loop,
        SealingLoop sealing,
        LogReader log,
        CancellationToken cancellation
    )
    {
        try
        {
            var origin = await Origin.FixedAsync(ledger.Database, cancellation);
            var next = await ledger.Store.NextIndexAsync(cancellation);
            var state = await ledger.Engine.StateAsync(cancellation);
            List<string> faults = [.. await RecordCheck.QuickAsync(ledger.Database, cancellation)];
            faults.AddRange(
                state
                    .Where(p => p.Stopped is not null)
                    .Select(p => $"{p.Name}: {p.Stopped!.Reason}")
            );
            faults.AddRange(loop.Faults.Select(f => $"{f.Key}: {f.Value}"));
            faults.AddRange(await LogCheck.QuickAsync(ledger.Database, cancellation));
            if (sealing.Fault is { } unsigned)
            {
                faults.Add(unsigned);
            }

            var warnings = sealing.WitnessFaults.Except(faults, StringComparer.Ordinal).ToList();
            var published = await log.PublishedAsync(cancellation);
            var unmet = warnings.Count > 0;
            if (sealing.MirrorFault is { } mirror)
            {
                warnings.Add(mirror);
            }

            if (
                await log.FirstUnpublishedAsync(cancellation) is { } waiting
                && TimeProvider.System.GetUtcNow() - waiting.Signed is var since
                && (unmet || since > s_patience)
            )
            {
                faults.Add(Unmet(waiting, since, published?.Size ?? 0));
            }

            return new Report(
                faults.Count > 0 ? "faulty"
                    : warnings.Count > 0 ? "degraded"
                    : "ok",
                origin,
                next,
                [
                    .. state.Select(p => new ProjectionReport(
                        p.Name,
                        p.Next,
                        Math.Max(0, next - p.Next),
                        p.Stopped?.Reason,
                        p.Stopped?.Event
                    )),
                ],
                new LogReport((await log.HeadAsync(cancellation)).Size, published?.Size),
                faults,
                warnings
            );
        }
        catch (NpgsqlException e)
        {
            return new Report(
                "faulty",
                null,
                null,
                [],
                null,
                [$"The database does not answer: {e.Message}"],
                []
            );
        }
    }

    private static string Unmet(SignedCheckpoint waiting, TimeSpan since, long shown) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The quorum of witnesses in the policy is not met since {waiting.Signed.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC "
                + $"({Math.Max(0, (long)since.TotalMinutes)} minutes): readers are kept at {shown} entries."
        );
}
