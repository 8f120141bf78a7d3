using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Projections.Feed;
using Web.Api.Problems;

namespace Web.Feeds;

/// <summary>
/// <c>GET /feeds/stream</c>: server-sent events (HTML Living Standard, section 9.2). Each event's <c>id</c> is the log index and its <c>data</c> the
/// canonical entry. A listener has one cursor; whether what follows it comes from memory or from the record makes no difference, so there
/// is no gap between what was and what is.
/// </summary>
public static class EventStream
{
    private const int Page = 500;
    private const int MostStreams = 10_000;
    private static int s_streams;

    // Three seconds until a reader that was cut off comes back.
    private static readonly byte[] s_hello = "retry: 3000\n\n"u8.ToArray();
    private static readonly byte[] s_pulse = ":\n\n"u8.ToArray();

    /// <summary>An entry as it is sent. Canonical JSON has no line break.</summary>
    public static byte[] Frame(RawEntry entry)
    {
        var head = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"id: {entry.Index}\ndata: ")
        );
        return [.. head, .. entry.Bytes!, (byte)'\n', (byte)'\n'];
    }

    public static async Task GetAsync(
        HttpContext context,
        EventTail tail,
        FeedReader reader,
        IHostApplicationLifetime host
    )
    {
        var filter = FeedQuery.Read(context.Request.Query, ["after"]);
        var next = After(context.Request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            host.ApplicationStopping
        );
        if (Interlocked.Increment(ref s_streams) > MostStreams)
        {
            Interlocked.Decrement(ref s_streams);
            throw new ProblemException(
                ProblemTypes.Of(
                    "unavailable",
                    "Too many streams are open here; come back in a minute."
                )
            )
            {
                Headers = [("Retry-After", "60")],
            };
        }

        try
        {
            using var listening = await tail.ListenAsync(filter, stop.Token);
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var response = context.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await SendAsync(response, listening.Tail, reader, next ?? tail.End, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader is gone, or the node stops: it comes back with the last id that it saw.
        }
        finally
        {
            Interlocked.Decrement(ref s_streams);
        }
    }

    private static async Task SendAsync(
        HttpResponse response,
        FilterTail tail,
        FeedReader reader,
        long next,
        CancellationToken stop
    )
    {
        var output = response.BodyWriter;
        await output.WriteAsync(s_hello, stop);
        while (true)
        {
            var changed = tail.Changed;
            var frames = tail.Read(ref next);
            var fromRecord = frames is null;
            if (fromRecord)
            {
                (frames, next) = await ReadAsync(tail.Filter, reader, next, stop);
            }

            await WriteAsync(output, frames!, stop);

            if (fromRecord)
            {
                continue;
            }

            if (!changed.IsCompleted)
            {
                await changed.WaitAsync(stop);
                if (tail.IsAt(next))
                {
                    await output.WriteAsync(s_pulse, stop);
                }
            }
        }
    }

    private static async Task WriteAsync(
        PipeWriter output,
        IReadOnlyList<byte[]> frames,
        CancellationToken stop
    )
    {
        long waiting = 0;
        foreach (var frame in frames)
        {
            output.Write(frame);
            waiting += frame.Length;
            if (waiting > 64 * 1024)
            {
                await output.FlushAsync(stop);
                waiting = 0;
            }
        }

        if (waiting > 0)
        {
            await output.FlushAsync(stop);
        }
    }

    private static async Task<(IReadOnlyList<byte[]> Frames, long Next)> ReadAsync(
        SettledFilter filter,
        FeedReader reader,
        long next,
        CancellationToken cancellation
    )
    {
        var end = await reader.EndAsync(cancellation);
        var entries = await reader.RawAsync(filter, next, end, Page, cancellation);
        return (
            [.. entries.Where(e => e.Bytes is not null).Select(Frame)],
            entries.Count == Page ? entries[^1].Index + 1 : Math.Max(next, end)
        );
    }

    // The reader's own memory goes before the address, which a reconnecting one repeats unchanged. Null = only what comes from now on.
    private static long? After(HttpRequest request)
    {
        var said = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last]
            ? last
            : FeedQuery.Single(request.Query, "after");
        return said is null ? null : PullEvents.After(said) + 1;
    }
}
