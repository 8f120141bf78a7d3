using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ledger.Transparency;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): one value, one sequence of bytes. System.Text.Json cannot write it, whatever its options; where
/// a JCS package can be restored, it replaces this file.
/// </summary>
public static class Jcs
{
    private static readonly JsonDocumentOptions s_ijson = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 256,
    };

    /// <summary>Writes a JSON text in its canonical form.</summary>
    /// <exception cref="FormatException">It is no I-JSON (RFC 7493): malformed, a name twice, half a surrogate pair, a number beyond doubles.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        Write(output, json);
        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Canonicalize"/>
    public static void Write(IBufferWriter<byte> output, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_ijson);
            Write(output, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The text has no canonical form: {e.Message}", e);
        }
    }

    /// <summary>Writes a string (RFC 8785, section 3.2.2.2).</summary>
    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        // A character becomes at most six bytes, as an escape; three as UTF-8.
        var target = output.GetSpan((text.Length * 6) + 2);
        var at = 0;
        target[at++] = (byte)'"';
        while (text.IndexOfAny(s_escaped) is var next && !text.IsEmpty)
        {
            var plain = next < 0 ? text : text[..next];
            at += Encoding.UTF8.GetBytes(plain, target[at..]);
            if (next < 0)
            {
                break;
            }

            at += Escape(text[next], target[at..]);
            text = text[(next + 1)..];
        }

        target[at++] = (byte)'"';
        output.Advance(at);
    }

    private static readonly SearchValues<char> s_escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(c => (char)c),
        '"',
        '\\',
    ]);

    private static int Escape(char c, Span<byte> target)
    {
        var letter = c switch
        {
            '"' or '\\' => c,
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => 'u',
        };
        target[0] = (byte)'\\';
        target[1] = (byte)letter;
        if (letter != 'u')
        {
            return 2;
        }

        Utf8Formatter.TryFormat(c, target[2..], out _, new StandardFormat('x', 4));
        return 6;
    }

    private static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                var first = true;
                output.Write("["u8);
                foreach (var item in value.EnumerateArray())
                {
                    Separate(output, ref first);
                    Write(output, item);
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(output, value.GetString());
                break;
            case JsonValueKind.Number:
                WriteNumber(output, value);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    // Names in the order of their UTF-16 code units (section 3.2.3).
    private static void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        var count = value.GetPropertyCount();
        var names = ArrayPool<string>.Shared.Rent(count);
        var values = ArrayPool<JsonElement>.Shared.Rent(count);
        var at = 0;
        foreach (var property in value.EnumerateObject())
        {
            (names[at], values[at++]) = (property.Name, property.Value);
        }

        Array.Sort(names, values, 0, count, StringComparer.Ordinal);
        output.Write("{"u8);
        var first = true;
        for (var i = 0; i < count; i++)
        {
            Separate(output, ref first);
            WriteString(output, names[i]);
            output.Write(":"u8);
            Write(output, values[i]);
        }

        output.Write("}"u8);
        ArrayPool<string>.Shared.Return(names, clearArray: true);
        ArrayPool<JsonElement>.Shared.Return(values, clearArray: true);
    }

    private static void Separate(IBufferWriter<byte> output, ref bool first)
    {
        if (!first)
        {
            output.Write(","u8);
        }

        first = false;
    }

    // As ECMAScript writes a double (section 3.2.2.3): the shortest digits that read back as the same double.
    private static void WriteNumber(IBufferWriter<byte> output, JsonElement value)
    {
        var number = value.GetDouble();
        if (!double.IsFinite(number))
        {
            throw new FormatException(
                "The text has no canonical form: a number is beyond doubles."
            );
        }

        if (number == Math.Truncate(number) && Math.Abs(number) < 1L << 53)
        {
            var target = output.GetSpan(20);
            Utf8Formatter.TryFormat((long)number, target, out var written);
            output.Advance(written);
            return;
        }

        output.Write(Encoding.ASCII.GetBytes(EcmaScript(number)));
    }

    // ECMA-262, Number::toString: k digits, the decimal point after the first n of them.
    private static string EcmaScript(double number)
    {
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var before = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        var digits = significant.TrimEnd('0');
        var n = before + exponent - (all.Length - significant.Length);
        var k = digits.Length;
        var sign = number < 0 ? "-" : "";
        return sign
            + n switch
            {
                _ when n >= k && n <= 21 => digits.PadRight(n, '0'),
                > 0 and <= 21 => $"{digits[..n]}.{digits[n..]}",
                > -6 and <= 0 => $"0.{new string('0', -n)}{digits}",
                _ =>
                    $"{digits[0]}{(k > 1 ? "." : "")}{digits[1..]}e{(n > 0 ? "+" : "-")}{Math.Abs(n - 1)}",
            };
    }
}
