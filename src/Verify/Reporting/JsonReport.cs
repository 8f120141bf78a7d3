using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verify.Reporting;

/// <summary>The verdict for machines: one JSON object on one line.</summary>
public static class JsonReport
{
    // Read by programs and on terminals, never inside a web page.
    private static readonly JsonWriterOptions s_form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(Verdict verdict, string language)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, s_form))
        {
            Write(json, verdict, language);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Verdict verdict, string language)
    {
        json.WriteStartObject();
        json.WriteString(
            "verdict",
            verdict.Exit switch
            {
                0 => "whole",
                1 => "fault",
                _ => "unchecked",
            }
        );
        json.WriteNumber("exit", verdict.Exit);
        json.WriteString("where", verdict.Where);
        json.WriteString("at", T(verdict.At));
        if (verdict.Checkpoint is { } checkpoint)
        {
            json.WriteString("origin", checkpoint.Origin);
            json.WriteNumber("size", checkpoint.Size);
            json.WriteString("root", checkpoint.RootText);
            json.WriteString("key", verdict.Key!.IdText);
            if (verdict.IsSuccessor)
            {
                json.WriteString("successor", verdict.Key.Text);
            }
        }

        if (verdict.LastTime is { } last)
        {
            json.WriteString("lastTime", T(last));
        }

        json.WriteStartArray("cosigned");
        foreach (var c in verdict.Cosigned)
        {
            json.WriteStartObject();
            json.WriteString("witness", c.Witness);
            json.WriteString("time", T(c.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("quorum", verdict.Quorum);
        if (verdict.Remembered is { } remembered)
        {
            json.WriteNumber("remembered", remembered);
        }

        json.WriteStartArray("withheld");
        foreach (var index in verdict.Withheld)
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        json.WriteString(
            "api",
            verdict.Api switch
            {
                ApiState.Compared => "compared",
                ApiState.Pointless => "pointless",
                _ => "leftOut",
            }
        );
        json.WriteStartArray("faults");
        foreach (var fault in verdict.Faults)
        {
            json.WriteStartObject();
            json.WriteString("code", fault.Code);
            json.WriteString("sentence", fault.Sentence.In(language));
            if (fault.Index is { } index)
            {
                json.WriteNumber("index", index);
            }

            if (fault.Subject is { } subject)
            {
                json.WriteString("subject", subject);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (verdict.Evidence is { } evidence)
        {
            json.WriteString("evidence", evidence);
        }

        if (verdict.Obstacle is { } obstacle)
        {
            json.WriteStartObject("obstacle");
            json.WriteString("code", obstacle.Code);
            json.WriteString("sentence", obstacle.Sentence.In(language));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string T(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
