using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Verify.Entries;

/// <summary>
/// Whether bytes are one JSON object in the canonical form of RFC 8785, and hold no number but integers up to 2^53-1, as this log promises.
/// Looks at the bytes themselves; nothing is parsed and written again.
/// </summary>
public static class CanonicalForm
{
    // As deep as the runtime's reader goes, which counts the outermost object as the first level.
    private const int Deepest = 63;
    private const long GreatestInteger = (1L << 53) - 1;
    private static readonly SearchValues<byte> s_special = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(b => (byte)b),
        (byte)'"',
        (byte)'\\',
    ]);

    /// <summary>Position of the first byte that is not as it must be; -1 when all are.</summary>
    public static int FirstFault(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return 0;
        }

        var scan = new Scan(json);
        return json is [(byte)'{', ..] && scan.Value(0) && scan.At == json.Length ? -1 : scan.At;
    }

    private ref struct Scan(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;

        public int At { get; private set; }

        public bool Value(int depth)
        {
            if (depth > Deepest || At >= _json.Length)
            {
                return false;
            }

            return _json[At] switch
            {
                (byte)'{' => Object(depth),
                (byte)'[' => Array(depth),
                (byte)'"' => Text(out _, out _),
                (byte)'t' => Word("true"u8),
                (byte)'f' => Word("false"u8),
                (byte)'n' => Word("null"u8),
                _ => Integer(),
            };
        }

        private bool Take(byte wanted)
        {
            if (At >= _json.Length || _json[At] != wanted)
            {
                return false;
            }

            At++;
            return true;
        }

        private bool Word(ReadOnlySpan<byte> word)
        {
            if (!_json[At..].StartsWith(word))
            {
                return false;
            }

            At += word.Length;
            return true;
        }

        private bool Object(int depth)
        {
            Take((byte)'{');
            if (Take((byte)'}'))
            {
                return true;
            }

            var before = ReadOnlySpan<byte>.Empty;
            for (var first = true; ; first = false)
            {
                var start = At;
                if (!Text(out var name, out _))
                {
                    return false;
                }

                if (!first && Compare(before, name) >= 0)
                {
                    At = start;
                    return false;
                }

                before = name;
                if (!Take((byte)':') || !Value(depth + 1))
                {
                    return false;
                }

                if (Take((byte)'}'))
                {
                    return true;
                }

                if (!Take((byte)','))
                {
                    return false;
                }
            }
        }

        private bool Array(int depth)
        {
            Take((byte)'[');
            if (Take((byte)']'))
            {
                return true;
            }

            while (Value(depth + 1))
            {
                if (Take((byte)']'))
                {
                    return true;
                }

                if (!Take((byte)','))
                {
                    return false;
                }
            }

            return false;
        }

        // Section 3.2.2.2: only what must be escaped is, and in the one way.
        private bool Text(out ReadOnlySpan<byte> inside, out bool escaped)
        {
            inside = default;
            escaped = false;
            if (!Take((byte)'"'))
            {
                return false;
            }

            var start = At;
            while (true)
            {
                var next = _json[At..].IndexOfAny(s_special);
                if (next < 0)
                {
                    At = _json.Length;
                    return false;
                }

                At += next;
                if (Take((byte)'"'))
                {
                    inside = _json[start..(At - 1)];
                    return true;
                }

                escaped = true;
                if (!Escape())
                {
                    return false;
                }
            }
        }

        private bool Escape()
        {
            var rest = _json[At..];
            if (rest is not [(byte)'\\', var kind, ..])
            {
                return false;
            }

            if ("\"\\bfnrt"u8.Contains(kind))
            {
                At += 2;
                return true;
            }

            if (
                rest is not [_, (byte)'u', (byte)'0', (byte)'0', var high, var low, ..]
                || high is not ((byte)'0' or (byte)'1')
                || low is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))
                || (high == '0' && "89acd"u8.Contains(low))
            )
            {
                return false;
            }

            At += 6;
            return true;
        }

        private bool Integer()
        {
            var negative = Take((byte)'-');
            var start = At;
            long value = 0;
            while (At < _json.Length && _json[At] is >= (byte)'0' and <= (byte)'9')
            {
                value = value * 10 + (_json[At] - '0');
                if (value > GreatestInteger)
                {
                    return false;
                }

                At++;
            }

            return At > start
                && (_json[start] != '0' || (At == start + 1 && !negative))
                && (At == _json.Length || _json[At] is not ((byte)'.' or (byte)'e' or (byte)'E'));
        }

        // Section 3.2.3: members stand in the order of their names' UTF-16 code units.
        private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
            Ascii.IsValid(left)
            && Ascii.IsValid(right)
            && !left.Contains((byte)'\\')
            && !right.Contains((byte)'\\')
                ? left.SequenceCompareTo(right)
                : string.CompareOrdinal(Decoded(left), Decoded(right));

        private static string Decoded(ReadOnlySpan<byte> inside)
        {
            var reader = new Utf8JsonReader((byte[])[(byte)'"', .. inside, (byte)'"']);
            reader.Read();
            return reader.GetString()!;
        }
    }
}
