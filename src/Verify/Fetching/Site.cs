using System.Net;
using System.Net.Http.Headers;

namespace Verify.Fetching;

/// <summary>
/// A server, asked politely: no more than four requests at once, a few tries with growing pauses, every body read up to a limit only, no
/// redirect followed.
/// </summary>
public sealed class Site : ISource, IDisposable
{
    /// <summary>Requests at the same time.</summary>
    public const int AtOnce = 4;

    private const int Tries = 4;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _base;
    private readonly TimeSpan _pause;
    private readonly TimeSpan _patience;

    /// <param name="address">Of the site's front page.</param>
    /// <param name="pause">Before the second try; doubles with each.</param>
    /// <param name="patience">For one request with its whole body.</param>
    public Site(Uri address, TimeSpan? pause = null, TimeSpan? patience = null)
    {
        _base = address;
        _pause = pause ?? TimeSpan.FromSeconds(1);
        _patience = patience ?? TimeSpan.FromSeconds(60);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                MaxConnectionsPerServer = AtOnce,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("zusagenbuch-verify", "1")
        );
    }

    public string Address => _base.ToString();

    public bool HasApi => true;

    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancellation)
    {
        var address = new Uri(_base, path);
        for (var attempt = 1; ; attempt++)
        {
            var wait = _pause * (1 << (attempt - 1));
            string why;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(_patience);
            try
            {
                using var answer = await _http.GetAsync(
                    address,
                    HttpCompletionOption.ResponseHeadersRead,
                    patience.Token
                );
                switch ((int)answer.StatusCode)
                {
                    case 200:
                        return await BodyAsync(answer, address, most, patience.Token);
                    case 404 or 410:
                        return null;
                    case >= 300 and < 400:
                        throw new CannotCheckException(
                            Obstacles.Redirected(
                                address.ToString(),
                                answer.Headers.Location?.ToString() ?? "?"
                            )
                        );
                    case 408 or 429 or >= 500:
                        why = $"HTTP {(int)answer.StatusCode}";
                        wait = Longer(wait, answer.Headers.RetryAfter?.Delta);
                        break;
                    default:
                        throw new CannotCheckException(
                            Obstacles.Unreachable(
                                address.ToString(),
                                $"HTTP {(int)answer.StatusCode}"
                            )
                        );
                }
            }
            catch (Exception e)
                when (e is HttpRequestException or IOException
                    || (e is OperationCanceledException && !cancellation.IsCancellationRequested)
                )
            {
                why =
                    e is OperationCanceledException
                        ? "keine Antwort in der Zeit / no answer in time"
                        : e.InnerException?.Message ?? e.Message;
            }

            if (attempt == Tries)
            {
                throw new CannotCheckException(Obstacles.Unreachable(address.ToString(), why));
            }

            await Task.Delay(wait, cancellation);
        }
    }

    private static TimeSpan Longer(TimeSpan wait, TimeSpan? asked) =>
        asked is not { } longer || longer < wait ? wait
        : longer < s_longestPause ? longer
        : s_longestPause;

    private static async Task<byte[]> BodyAsync(
        HttpResponseMessage answer,
        Uri address,
        int most,
        CancellationToken cancellation
    )
    {
        if (
            string.Equals(
                answer.Content.Headers.ContentType?.MediaType,
                "text/html",
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            throw new CannotCheckException(Obstacles.NotALog(address.ToString()));
        }

        var expected = answer.Content.Headers.ContentLength ?? 0;
        if (expected > most)
        {
            throw new CannotCheckException(Obstacles.TooLarge(address.ToString(), most));
        }

        // The length is the server's word; a body that never ends stops at the limit.
        using var body = new MemoryStream((int)expected);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > most)
            {
                throw new CannotCheckException(Obstacles.TooLarge(address.ToString(), most));
            }

            body.Write(buffer, 0, read);
        }

        return body.Capacity == body.Length ? body.GetBuffer() : body.ToArray();
    }

    public void Dispose() => _http.Dispose();
}
