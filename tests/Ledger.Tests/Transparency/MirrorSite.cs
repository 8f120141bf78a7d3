using System.Net;
using System.Text;

namespace Ledger.Tests.Transparency;

/// <summary>Somebody else's machine that shows a checkpoint.</summary>
internal sealed class MirrorSite : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private MirrorSite(HttpListener listener, Uri address, string? body)
    {
        (_listener, Address) = (listener, address);
        _serving = ServeAsync(body);
    }

    public Uri Address { get; }

    /// <param name="body">What it answers; null = 404, <c>endless</c> = without an end.</param>
    public static Task<MirrorSite> StartAsync(string? body)
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        return Task.FromResult(
            new MirrorSite(listener, new Uri($"http://127.0.0.1:{port}/log/checkpoint"), body)
        );
    }

    private async Task ServeAsync(string? body)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.StatusCode = body is null ? 404 : 200;
                var bytes = Encoding.UTF8.GetBytes(body ?? "");
                do
                {
                    await context.Response.OutputStream.WriteAsync(bytes);
                } while (body == "endless");

                context.Response.Close();
            }
        }
        catch (Exception e)
            when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The test is over, or the asker has had enough.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving;
    }
}
