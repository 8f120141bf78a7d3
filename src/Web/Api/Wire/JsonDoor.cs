using System.Buffers;
using System.Text.Json;
using Web.Api.Problems;

namespace Web.Api.Wire;

/// <summary>Where request bodies come in: small, in time, JSON, and nothing in it that could not be stored, sealed or shown.</summary>
public static class JsonDoor
{
    /// <summary>Most bytes of a body with one event.</summary>
    public const int OneEvent = 64 * 1024;

    /// <summary>Most characters of one text.</summary>
    public const int LongestText = 10_000;

    private const int MaxDepth = 16;

    /// <summary>Reads a body.</summary>
    /// <exception cref="ProblemException">It is too large, no JSON, or holds what cannot be recorded.</exception>
    public static async Task<byte[]> ReadAsync(
        HttpRequest request,
        CancellationToken cancellation,
        int limit = OneEvent
    )
    {
        if (!request.HasJsonContentType())
        {
            throw Refuse.NoJson();
        }

        if (request.ContentLength > limit)
        {
            throw Refuse.TooLarge(limit);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(limit + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, limit + 1),
                limit + 1,
                throwOnEndOfStream: false,
                cancellation
            );
            if (length > limit)
            {
                throw Refuse.TooLarge(limit);
            }

            var body = buffer.AsSpan(0, length).ToArray();
            Inspect(body);
            return body;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Reads a body as its record.</summary>
    /// <exception cref="ProblemException">It does not fit.</exception>
    public static T Parse<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, ApiJson.Options)
                ?? throw Refuse.Malformed(new BodyFault("", "The body must not be null."));
        }
        catch (JsonException e)
        {
            throw Refuse.Malformed([.. JsonFaults.Of(e)]);
        }
        catch (NotSupportedException)
        {
            // An event without its type cannot be read as one.
            throw Refuse.Malformed(
                new BodyFault("", $"An event needs its '{ApiJson.Discriminator}'.")
            );
        }
    }

    private static void Inspect(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        var path = new JsonPath();
        try
        {
            while (reader.Read())
            {
                path.Enter(ref reader);
                var fault = reader.TokenType switch
                {
                    JsonTokenType.String or JsonTokenType.PropertyName => Fault(
                        reader.GetString()!
                    ),
                    JsonTokenType.Null when path.IsInArray => "A list has no empty places.",
                    _ => null,
                };
                if (fault is not null)
                {
                    throw Refuse.Malformed(new BodyFault(path.ToString(), fault));
                }

                path.Leave(ref reader);
            }
        }
        catch (JsonException e)
        {
            throw Refuse.Malformed(
                new BodyFault(
                    path.ToString(),
                    $"The body is no JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."
                )
            );
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            throw Refuse.Malformed(new BodyFault(path.ToString(), "The text is no valid Unicode."));
        }
    }

    private static string? Fault(string text)
    {
        if (text.Length > LongestText)
        {
            return $"A text has at most {LongestText} characters.";
        }

        foreach (var c in text)
        {
            if (
                (c < ' ' && c is not ('\t' or '\n' or '\r'))
                || c is '\u007f' or '\ufffe' or '\uffff'
            )
            {
                return $"The text holds the character U+{(int)c:X4}, which cannot be recorded.";
            }
        }

        return null;
    }
}
