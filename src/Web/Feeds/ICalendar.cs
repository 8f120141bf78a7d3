using System.Text;

namespace Web.Feeds;

/// <summary>
/// Lines of an iCalendar object (RFC 5545, section 3.1): CRLF, folded at 75 octets and never within a character. Ical.Net would write the same
/// and cannot be restored here.
/// </summary>
public sealed class ICalendar
{
    private const int MostOctets = 75;
    private readonly StringBuilder _lines = new();

    /// <summary>A property whose value is written as it is.</summary>
    public ICalendar Line(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _lines.Append("\r\n ");
                octets = 1;
            }

            _lines.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        _lines.Append("\r\n");
        return this;
    }

    /// <summary>A property of type TEXT (section 3.3.11).</summary>
    public ICalendar Text(string name, string value) => Line(name, Escape(value));

    /// <summary>A text among several in one value.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append("\\\\"),
                ';' => escaped.Append("\\;"),
                ',' => escaped.Append("\\,"),
                '\n' => escaped.Append("\\n"),
                '\t' => escaped.Append(c),
                _ when char.IsControl(c) => escaped,
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_lines.ToString());
}
