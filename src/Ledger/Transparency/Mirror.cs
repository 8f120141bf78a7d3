using System.Net;

namespace Ledger.Transparency;

/// <summary>
/// A checkpoint of this log that somebody else keeps and shows, such as a copy on another machine. Where key and guard were restored together with
/// the database, it still knows better. Asked before the first signature, and before later ones at most once a minute.
/// </summary>
/// <param name="address">Of the checkpoint itself.</param>
public sealed class Mirror(Uri address) : IDisposable
{
    private const int LongestNote = 16 * 1024;
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    )
    {
        Timeout = TimeSpan.FromSeconds(5),
    };
    private DateTimeOffset _asked;
    private SignedNote? _last;

    /// <summary>Why it could not be asked, in a sentence; null while it can. Holds no signature up.</summary>
    public string? Fault { get; private set; }

    /// <summary>The checkpoint that it showed last; null when it never showed one.</summary>
    public async Task<SignedNote?> AskAsync(CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (now - _asked < s_between)
        {
            return _last;
        }

        _asked = now;
        try
        {
            _last = await ReadAsync(cancellation);
            Fault = null;
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or FormatException
                || (e is TaskCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            Fault = $"The mirror {address} shows no checkpoint: {e.Message}";
        }

        return _last;
    }

    private async Task<SignedNote> ReadAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_http.Timeout);
        using var answer = await _http.GetAsync(
            address,
            HttpCompletionOption.ResponseHeadersRead,
            patience.Token
        );
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"it answers {(int)answer.StatusCode}.");
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(patience.Token);
        var buffer = new byte[LongestNote];
        var length = await stream.ReadAtLeastAsync(
            buffer,
            buffer.Length,
            throwOnEndOfStream: false,
            patience.Token
        );
        return SignedNote.Parse(buffer.AsSpan(0, length));
    }

    public void Dispose() => _http.Dispose();
}
