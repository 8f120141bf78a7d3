using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench;

/// <summary>A client that costs next to nothing, because it shares the machine with the server: one connection, raw bytes.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    // Small, because thousands of clients share the memory that is measured.
    private readonly byte[] _buffer = new byte[8 * 1024];

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return client;
    }

    public static byte[] Request(string path, params string[] headers) =>
        Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(headers.Select(h => $"{h}\r\n"))}\r\n"
        );

    /// <summary>Sends a request and reads the answer whole.</summary>
    /// <returns>Status and the answer's length in bytes, its head included.</returns>
    public async Task<(int Status, int Length, string Head)> AskAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var got = 0;
        var end = -1;
        while (end < 0)
        {
            got += await ReceiveAsync(_buffer.AsMemory(got));
            end = _buffer.AsSpan(0, got).IndexOf("\r\n\r\n"u8);
        }

        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        var body =
            at < 0 ? 0 : int.Parse(head[(at + 16)..].Split('\r')[0], CultureInfo.InvariantCulture);
        var left = end + 4 + body - got;
        while (left > 0)
        {
            left -= await ReceiveAsync(_buffer.AsMemory(0, Math.Min(left, _buffer.Length)));
        }

        return (int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), end + 4 + body, head);
    }

    /// <summary>Sends the same request so many times, and checks that the answers have the same length.</summary>
    public async Task RepeatAsync(byte[] request, int times, int status)
    {
        var (first, length, _) = await AskAsync(request);
        if (first != status)
        {
            throw new WrongResultException($"{first} instead of {status}");
        }

        for (var n = 1; n < times; n++)
        {
            await _socket.SendAsync(request);
            for (var left = length; left > 0; )
            {
                left -= await ReceiveAsync(_buffer.AsMemory(0, Math.Min(left, _buffer.Length)));
            }
        }
    }

    /// <summary>Sends a request whose answer does not end; what comes is given to the reader until it says that it is enough.</summary>
    public async Task ListenAsync(byte[] request, Func<ReadOnlyMemory<byte>, bool> isEnough)
    {
        await _socket.SendAsync(request);
        while (!isEnough(_buffer.AsMemory(0, await ReceiveAsync(_buffer)))) { }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer) =>
        await _socket.ReceiveAsync(buffer) is > 0 and var got
            ? got
            : throw new WrongResultException("the server hung up");
}
