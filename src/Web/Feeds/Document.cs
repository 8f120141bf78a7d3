using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Web.Feeds;

/// <summary>
/// A whole answer in memory, with all that caches need: a strong ETag for each encoding, Last-Modified, 304, and its compressed forms, made once.
/// </summary>
/// <param name="body">The bytes.</param>
/// <param name="type">Media type.</param>
/// <param name="modified">When what it shows changed last; null = it tells no such moment.</param>
/// <param name="cacheControl">Who may keep it and how long.</param>
public sealed class Document(
    byte[] body,
    string type,
    DateTimeOffset? modified,
    string cacheControl
) : IResult
{
    /// <summary>For what never changes at its address.</summary>
    public const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>For what changes with the record: a cache asks again after a minute.</summary>
    public const string ForAMinute = "public, max-age=60";

    /// <summary>For what is asked for anew each time, with the ETag.</summary>
    public const string Ask = "no-cache";

    private readonly Encoded _plain = new(body, null, Hash(body));
    private readonly Lazy<Encoded> _gzip = new(() => Gzip(body));
    private readonly Lazy<Encoded> _brotli = new(() => Brotli(body));
    private readonly string? _modified = modified?.UtcDateTime.ToString(
        "R",
        CultureInfo.InvariantCulture
    );

    /// <summary>Links of the header, as RFC 8288 writes them.</summary>
    public StringValues Links { get; init; }

    /// <summary>The language it is written in, as RFC 5646 has it.</summary>
    public string Language { get; init; } = "de";

    /// <summary>Headers that go with it, beyond those of every document.</summary>
    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body => _plain.Body;

    /// <summary>About how much memory it keeps.</summary>
    public long Size => 1_000 + (_plain.Body.Length * 3L / 2);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request.Headers;
        var response = httpContext.Response;
        var headers = response.Headers;
        var encoded = Choose(request.AcceptEncoding);
        headers.ETag = encoded.Tag;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentLanguage = Language;
        if (_modified is not null && IsSettled)
        {
            headers.LastModified = _modified;
        }

        if (Links.Count > 0)
        {
            headers.Link = Links;
        }

        foreach (var (name, value) in Headers)
        {
            headers[name] = value;
        }

        if (IsKnown(request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            response.ContentLength = null;
            return Task.CompletedTask;
        }

        response.ContentType = type;
        response.ContentLength = encoded.Body.Length;
        if (encoded.Name is not null)
        {
            headers.ContentEncoding = encoded.Name;
        }

        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(encoded.Body, httpContext.RequestAborted).AsTask();
    }

    // Its seconds are too coarse while another entry can come in the same one: who asked by date would miss it.
    private bool IsSettled =>
        modified is { } changed
        && TimeProvider.System.GetUtcNow() - changed > TimeSpan.FromSeconds(2);

    // RFC 9110, section 13.2.2: If-None-Match goes before If-Modified-Since. Whichever encoding the reader has, it has this document.
    private bool IsKnown(IHeaderDictionary request)
    {
        var tags = request.IfNoneMatch;
        if (tags.Count > 0)
        {
            return tags.Any(t =>
                t is not null
                && (
                    t == "*"
                    || t.Contains(
                        _plain.Tag.AsSpan(1, _plain.Tag.Length - 2),
                        StringComparison.Ordinal
                    )
                )
            );
        }

        return request.IfModifiedSince is [{ } since]
            && modified is { } changed
            && DateTimeOffset.TryParseExact(
                since,
                "R",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var known
            )
            && changed.ToUnixTimeSeconds() <= known.ToUnixTimeSeconds();
    }

    private Encoded Choose(StringValues accepted)
    {
        if (accepted.Count == 0 || _plain.Body.Length < 500)
        {
            return _plain;
        }

        var (gzip, brotli) = (false, false);
        foreach (
            var coding in StringWithQualityHeaderValue.TryParseList(accepted, out var list)
                ? list
                : []
        )
        {
            if (coding.Quality is not 0)
            {
                gzip |= coding.Value == "gzip";
                brotli |= coding.Value == "br";
            }
        }

        return brotli ? _brotli.Value
            : gzip ? _gzip.Value
            : _plain;
    }

    private static string Hash(byte[] body) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16))}\"";

    // A strong tag stands for bytes, so each encoding has its own, made from the plain one's.
    private static string Tagged(byte[] body, string suffix) => $"{Hash(body)[..^1]}-{suffix}\"";

    private static Encoded Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return new Encoded(packed.ToArray(), "gzip", Tagged(body, "gz"));
    }

    private static Encoded Brotli(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(body);
        }

        return new Encoded(packed.ToArray(), "br", Tagged(body, "br"));
    }

    private sealed record Encoded(byte[] Body, string? Name, string Tag);
}
