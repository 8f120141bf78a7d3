using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.Transparency;
using Microsoft.Net.Http.Headers;
using Web.Api.Problems;

namespace Web.Log;

/// <summary>
/// What a verifier reads below <c>/log</c> (C2SP tlog-tiles): checkpoint, tiles, entries, proofs, policy. Nothing beyond the published checkpoint is
/// shown, and what is shown never changes, except that a withheld entry loses its bytes.
/// </summary>
public static class LogRoutes
{
    private const string PlainText = "text/plain; charset=utf-8";
    private const string Octets = "application/octet-stream";
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string Suffix = ".tlog-proof";
    private const int PageOfCheckpoints = 100;

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLog(this IEndpointRouteBuilder app)
    {
        var log = app.MapGroup("/log")
            .AddEndpointFilter(
                async (context, next) =>
                {
                    context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
                    return await next(context);
                }
            )
            .ExcludeFromDescription();
        log.MapMethods("/checkpoint", s_reading, CheckpointAsync);
        log.MapMethods("/tile/entries/{**path}", s_reading, BundleAsync);
        log.MapMethods("/tile/{level}/{**path}", s_reading, TileAsync);
        log.MapMethods("/proof/{file}", s_reading, ProofAsync);
        log.MapMethods("/policy", s_reading, PolicyAsync);
        log.MapMethods("/rotations", s_reading, RotationsAsync);
        log.MapMethods("/withheld", s_reading, WithheldAsync);
        log.MapMethods("/checkpoints", s_reading, CheckpointsAsync);
        log.MapMethods("/{**anything}", s_reading, () => NotThere());
    }

    private static async Task<IResult> CheckpointAsync(
        HttpContext context,
        LogReader log,
        CancellationToken cancellation
    )
    {
        if (await log.PublishedAsync(cancellation) is not { } published)
        {
            return NotThere("No checkpoint is published yet.");
        }

        context.Response.Headers.CacheControl = "no-cache";
        return Text((await log.NoteAsync(published, cancellation)).ToString());
    }

    private static async Task<IResult> TileAsync(
        string level,
        string? path,
        HttpContext context,
        PublishedTiles tiles,
        CancellationToken cancellation
    )
    {
        if (
            path is null
            || !Tile.TryParseLevel(level, out var l)
            || !Tile.TryParsePath(path, out var n, out var width)
            || await tiles.FindAsync(new Tile(l, n, width), cancellation) is not { } hashes
        )
        {
            return NotThere();
        }

        context.Response.Headers.CacheControl = ForEver;
        return Results.Bytes(hashes, Octets);
    }

    private static async Task<IResult> BundleAsync(
        string? path,
        HttpContext context,
        PublishedTiles tiles,
        LogReader log,
        CancellationToken cancellation
    )
    {
        if (
            path is null
            || !Tile.TryParsePath(path, out var n, out var width)
            || !await tiles.IsPublishedAsync(new Tile(0, n, width), cancellation)
            || await log.BundleAsync(new Tile(0, n, width), cancellation) is not { } bundle
        )
        {
            return NotThere();
        }

        context.Response.Headers.CacheControl = ForEver;
        return Results.Bytes(bundle, Octets);
    }

    private static async Task<IResult> ProofAsync(
        string file,
        HttpContext context,
        LogReader log,
        CancellationToken cancellation
    )
    {
        if (
            !file.EndsWith(Suffix, StringComparison.Ordinal)
            || !Checkpoint.TryParseSize(file[..^Suffix.Length], out var index)
        )
        {
            return NotThere();
        }

        // Covered later perhaps: that it is not yet must not be remembered.
        context.Response.Headers.CacheControl = "no-cache";
        return await ProofText.OfAsync(log, index, cancellation) is { } proof
            ? Text(proof)
            : NotThere($"No checkpoint covers the entry {index} yet.");
    }

    private static async Task<IResult> PolicyAsync(
        HttpContext context,
        LogReader log,
        ReadLogIdentity read,
        CancellationToken cancellation
    )
    {
        var identity = await read(cancellation);
        context.Response.Headers.CacheControl = "no-cache";
        return Text(
            await identity.Policy.TextAsync(log, identity.Origin, identity.Key, cancellation)
        );
    }

    /// <param name="Index">Log index of the event that announces it.</param>
    /// <param name="Old">Verifier key that signed until then.</param>
    /// <param name="Size">Size of the last checkpoint of the old key.</param>
    /// <param name="Note">The statement, signed by both keys.</param>
    public sealed record RotationItem(long Index, string Old, string New, long Size, string Note);

    /// <param name="Items">Oldest first.</param>
    public sealed record RotationItems(IReadOnlyList<RotationItem> Items);

    private static async Task<IResult> RotationsAsync(
        HttpContext context,
        LogReader log,
        CancellationToken cancellation
    )
    {
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(
            new RotationItems([
                .. (await log.RotationsAsync(cancellation)).Select(r => new RotationItem(
                    r.Index,
                    r.From,
                    r.To,
                    r.Size,
                    r.Statement
                )),
            ])
        );
    }

    /// <param name="Hash">Its leaf hash, in base64.</param>
    /// <param name="DeclaredBy">Log index of the event that declares it.</param>
    public sealed record WithheldItem(long Index, string Hash, long? DeclaredBy);

    /// <param name="Items">By index.</param>
    public sealed record WithheldItems(IReadOnlyList<WithheldItem> Items);

    private static async Task<IResult> WithheldAsync(
        HttpContext context,
        LogReader log,
        CancellationToken cancellation
    )
    {
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(
            new WithheldItems([
                .. (await log.WithheldAsync(cancellation)).Values.Select(w => new WithheldItem(
                    w.Index,
                    Convert.ToBase64String(w.LeafHash),
                    w.DeclaredBy
                )),
            ])
        );
    }

    /// <param name="Time">When it was published.</param>
    /// <param name="Note">As it is served while it is the newest: with its cosignatures.</param>
    public sealed record PastCheckpoint(long Size, string Root, DateTimeOffset Time, string Note);

    /// <param name="Next">Send it as <c>below</c> for smaller ones; null = these are the smallest.</param>
    public sealed record PastCheckpoints(IReadOnlyList<PastCheckpoint> Items, long? Next);

    private static async Task<IResult> CheckpointsAsync(
        string? below,
        HttpContext context,
        LogReader log,
        CancellationToken cancellation
    )
    {
        var limit = long.MaxValue;
        if (below is not null && !Checkpoint.TryParseSize(below, out limit))
        {
            return new Refused("bad-parameter", "'below' is the size of a checkpoint.");
        }

        var found = await log.CheckpointsAsync(limit, PageOfCheckpoints + 1, cancellation);
        List<PastCheckpoint> items = [];
        foreach (var c in found.Take(PageOfCheckpoints))
        {
            items.Add(
                new PastCheckpoint(
                    c.Size,
                    Convert.ToBase64String(c.Root),
                    c.Published!.Value,
                    (await log.NoteAsync(c, cancellation)).ToString()
                )
            );
        }

        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(
            new PastCheckpoints(items, found.Count > items.Count ? items[^1].Size : null)
        );
    }

    private static IResult Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 16));
        return Results.Bytes(bytes, PlainText, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }

    private static Refused NotThere(string sentence = "The log has nothing at this address.") =>
        new("not-found", sentence);

    // What is not there today may be there tomorrow.
    private sealed class Refused(string type, string sentence) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return ProblemAnswers.WriteAsync(httpContext, ProblemTypes.Of(type, sentence));
        }
    }
}
