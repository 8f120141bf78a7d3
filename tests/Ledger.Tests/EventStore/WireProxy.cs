using System.Buffers.Binary;
using System.Net.Sockets;
using Npgsql;

namespace Ledger.Tests.EventStore;

/// <summary>
/// Stands between the store and PostgreSQL on a Unix socket of its own, counts how often they wait for each other, and can
/// break the line at a message of PostgreSQL's.
/// </summary>
internal sealed class WireProxy : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zb-wire").FullName;
    private readonly Socket _listener = new(
        AddressFamily.Unix,
        SocketType.Stream,
        ProtocolType.Unspecified
    );
    private readonly string _server;
    private readonly Task _accepting;
    private int _roundTrips;
    private int _transactions;

    public WireProxy(string address)
    {
        var target = new NpgsqlConnectionStringBuilder(address);
        _server = Path.Combine(target.Host!, $".s.PGSQL.{target.Port}");
        target.Host = _folder;
        target.MaxPoolSize = 1;
        Address = target.ConnectionString;
        _listener.Bind(
            new UnixDomainSocketEndPoint(Path.Combine(_folder, $".s.PGSQL.{target.Port}"))
        );
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>The same connection, through here.</summary>
    public string Address { get; }

    /// <summary>How often the client spoke after the server had spoken.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>How often the server said that it was ready for the next command, and in no transaction.</summary>
    public int Transactions => Volatile.Read(ref _transactions);

    /// <summary>A message type at which the line breaks, before it is passed on; 0 = none.</summary>
    public char BreakAt { get; set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        List<Task> lines = [];
        try
        {
            while (true)
            {
                lines.Add(RelayAsync(await _listener.AcceptAsync()));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(
            AddressFamily.Unix,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
        await using var up = new NetworkStream(server);
        await using var down = new NetworkStream(client, ownsSocket: true);
        var serverSpokeLast = 0;
        var ends = Task.WhenAny(AskAsync(), AnswerAsync());
        await await ends;

        async Task AskAsync()
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await down.ReadAsync(buffer) is > 0 and var read)
                {
                    if (Interlocked.Exchange(ref serverSpokeLast, 0) == 1)
                    {
                        Interlocked.Increment(ref _roundTrips);
                    }

                    await up.WriteAsync(buffer.AsMemory(0, read));
                }
            }
            catch (IOException) { }
        }

        // Every message of the server is a type, its length, and that many bytes less four.
        async Task AnswerAsync()
        {
            var head = new byte[5];
            try
            {
                while (true)
                {
                    await up.ReadExactlyAsync(head);
                    var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
                    await up.ReadExactlyAsync(body);
                    if (head[0] == BreakAt)
                    {
                        return;
                    }

                    if (head[0] == 'Z' && body[0] == 'I')
                    {
                        Interlocked.Increment(ref _transactions);
                    }

                    Interlocked.Exchange(ref serverSpokeLast, 1);
                    await down.WriteAsync(head);
                    await down.WriteAsync(body);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException) { }
        }
    }
}
