using System.Buffers;
using System.Globalization;
using System.Text;
using Ledger.EventStore;

namespace Ledger.Transparency;

/// <summary>
/// An event as the log holds it and everybody gets it: a CloudEvents 1.0 object in the form of RFC 8785. A pure function of the event's row, its
/// index row and the origin, so that sealing twice gives the same bytes, and anyone who has the event can compute them.
/// </summary>
public static class CanonicalEntry
{
    /// <summary>The canonical bytes.</summary>
    /// <param name="origin">The log's identity.</param>
    /// <param name="e">An event with its index and recorded time.</param>
    public static byte[] Of(string origin, RecordedEvent e)
    {
        var type = TypeOf(e.Stream, e.Type);
        var output = new ArrayBufferWriter<byte>(e.Data.Length + 640);

        // In the order of their names, as RFC 8785 has it.
        output.Write("{\"data\":"u8);
        Jcs.Write(output, e.Data);
        output.Write(",\"datacontenttype\":\"application/json\",\"dataschema\":"u8);
        Jcs.WriteString(output, SchemaOf(type));
        output.Write(",\"id\":"u8);
        Jcs.WriteString(output, e.Id.ToString("D"));
        output.Write(",\"sequence\":"u8);
        Jcs.WriteString(output, e.Index.ToString("D20", CultureInfo.InvariantCulture));
        output.Write(",\"source\":"u8);
        Jcs.WriteString(output, SourceOf(origin));
        output.Write(",\"specversion\":\"1.0\",\"streamversion\":"u8);
        output.Write(Encoding.ASCII.GetBytes(e.Version.ToString(CultureInfo.InvariantCulture)));
        output.Write(",\"subject\":"u8);
        Jcs.WriteString(output, e.Stream.ToString());
        output.Write(",\"time\":"u8);
        Jcs.WriteString(output, TimeOf(e.Recorded));
        output.Write(",\"type\":"u8);
        Jcs.WriteString(output, type);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>CloudEvents <c>source</c>: the log. Together with the id it is unique, and it never changes (docs/adr/0005).</summary>
    public static string SourceOf(string origin) => $"https://{origin}";

    /// <summary>
    /// CloudEvents <c>type</c>: <c>zusagenbuch.promise.fundingWithdrawn.v1</c>; a later shape, <c>…_v2</c> in the record, ends in <c>.v2</c>.
    /// </summary>
    /// <param name="name">As in <c>mt_events.type</c>.</param>
    public static string TypeOf(StreamKey stream, string name)
    {
        var shape = "1";
        if (
            name.LastIndexOf("_v", StringComparison.Ordinal) is > 0 and var at
            && at + 2 < name.Length
            && name.AsSpan(at + 2).IndexOfAnyExceptInRange('0', '9') < 0
        )
        {
            (name, shape) = (name[..at], name[(at + 2)..]);
        }

        var words = name.Split('_');
        var camel = string.Concat(
            words.Select(
                (w, i) => i == 0 || w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]
            )
        );
        return $"zusagenbuch.{stream.Kind}.{camel}.v{shape}";
    }

    /// <summary>CloudEvents <c>dataschema</c>: a name, no address, so that it outlives every host.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    public static string SchemaOf(string type) => $"urn:{type.Replace('.', ':')}";

    /// <summary>CloudEvents <c>time</c>: when the ledger recorded it, in UTC, to the microsecond.</summary>
    public static string TimeOf(DateTimeOffset recorded) =>
        recorded.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
            CultureInfo.InvariantCulture
        );
}
