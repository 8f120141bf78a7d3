using System.Globalization;
using System.Text;

namespace Verify.Reporting;

/// <summary>The verdict for people.</summary>
public static class TextReport
{
    private const int MostFaults = 10;
    private const int Label = 16;

    public static string Of(Verdict verdict, string language)
    {
        var text = new StringBuilder();
        void Line(string de, string en, Sentence value) =>
            text.Append((language == "en" ? en : de).PadRight(Label))
                .Append(Plain(value.In(language)))
                .AppendLine();

        if (verdict.Checkpoint is { } checkpoint)
        {
            Line("Logbuch", "Log", Same(checkpoint.Origin));
            Line("Adresse", "Address", Same(verdict.Where));
            Line(
                "Umfang",
                "Size",
                new(
                    $"{N(checkpoint.Size)} Einträge{(verdict.LastTime is { } t ? $", der letzte von {T(t)}" : "")}",
                    $"{N(checkpoint.Size)} entries{(verdict.LastTime is { } u ? $", the last of {T(u)}" : "")}"
                )
            );
            Line("Wurzel", "Root", Same(checkpoint.RootText));
            Line(
                "Unterschrift",
                "Signature",
                new($"gültig, Schlüssel {verdict.Key!.IdText}", $"valid, key {verdict.Key.IdText}")
            );
            if (verdict.IsSuccessor)
            {
                Line(
                    "",
                    "",
                    new(
                        $"Ihr Schlüssel hat diesen als Nachfolger bestimmt. Von jetzt an bitte: --key '{verdict.Key.Text}'",
                        $"Your key named this one as its successor. From now on: --key '{verdict.Key.Text}'"
                    )
                );
            }

            Line("Zeugen", "Witnesses", Witnesses(verdict));
            if (verdict.Exit != 2)
            {
                Line("Gemerkt", "Remembered", Remembered(verdict));
                Line(
                    "Zurückgehalten",
                    "Withheld",
                    verdict.Withheld.Count == 0
                        ? new("nichts", "nothing")
                        : Same(string.Join(", ", verdict.Withheld.Select(N)))
                );
                Line("Website", "Site", Api(verdict));
            }

            text.AppendLine();
        }

        Judge(text, verdict, language);
        return text.ToString().TrimEnd();
    }

    private static void Judge(StringBuilder text, Verdict verdict, string language)
    {
        void Say(Sentence sentence) => text.AppendLine(Plain(sentence.In(language)));
        if (verdict.Exit == 0)
        {
            Say(
                new(
                    "URTEIL: unversehrt. Nichts wurde geändert, entfernt, umgestellt oder rückdatiert, soweit die Angaben oben reichen.",
                    "VERDICT: whole. Nothing was changed, removed, reordered or back-dated, as far as the lines above reach."
                )
            );
            return;
        }

        foreach (var fault in verdict.Faults.Take(MostFaults))
        {
            Say(
                new(
                    $"URTEIL: FEHLER ({fault.Code}). {fault.Sentence.De}",
                    $"VERDICT: FAULT ({fault.Code}). {fault.Sentence.En}"
                )
            );
        }

        if (verdict.Faults.Count > MostFaults)
        {
            Say(
                new(
                    $"… und {verdict.Faults.Count - MostFaults} weitere (alle mit --json).",
                    $"... and {verdict.Faults.Count - MostFaults} more (all of them with --json)."
                )
            );
        }

        if (verdict.Evidence is { } folder)
        {
            Say(
                new(
                    $"Die widersprechenden, unterschriebenen Stände liegen in {folder}. Bitte aufheben.",
                    $"The contradicting signed checkpoints are in {folder}. Keep them."
                )
            );
        }

        if (verdict.Obstacle is { } obstacle)
        {
            Say(
                new(
                    $"URTEIL: nicht geprüft ({obstacle.Code}). {obstacle.Sentence.De}",
                    $"VERDICT: not checked ({obstacle.Code}). {obstacle.Sentence.En}"
                )
            );
        }
    }

    private static Sentence Witnesses(Verdict verdict)
    {
        if (verdict.Cosigned.Count == 0 && verdict.Quorum == 0)
        {
            return new(
                "nicht befragt: ob andere dasselbe Logbuch sehen, ist offen (--witness)",
                "not asked: whether others see the same log remains open (--witness)"
            );
        }

        var names = string.Join("; ", verdict.Cosigned.Select(c => $"{c.Witness} {T(c.At)}"));
        return new(
            $"{verdict.Cosigned.Count} (verlangt {verdict.Quorum}) {names}",
            $"{verdict.Cosigned.Count} (required {verdict.Quorum}) {names}"
        );
    }

    private static Sentence Remembered(Verdict verdict) =>
        verdict.Remembered switch
        {
            null => new(
                "nichts: ob sich seit Ihrer letzten Prüfung etwas geändert hat, ist offen (--state)",
                "nothing: whether anything changed since your last check remains open (--state)"
            ),
            0 => new("noch nichts; von jetzt an dieser Stand", "nothing yet; this one from now on"),
            1 => new(
                "1 früherer Stand ist der Anfang dieses Logbuchs",
                "1 earlier checkpoint is the beginning of this log"
            ),
            { } n => new(
                $"{N(n)} frühere Stände sind der Anfang dieses Logbuchs",
                $"{N(n)} earlier checkpoints are the beginning of this log"
            ),
        };

    private static Sentence Api(Verdict verdict) =>
        verdict.Api switch
        {
            ApiState.Compared => verdict.Faults.Any(f =>
                f.Code.StartsWith("api-", StringComparison.Ordinal)
            )
                ? new("zeigt etwas anderes als das Logbuch", "shows something else than the log")
                : new(
                    $"{N(verdict.ApiLists)} Listen zeigen genau das, was im Logbuch steht",
                    $"{N(verdict.ApiLists)} lists show exactly what the log holds"
                ),
            ApiState.Pointless => new(
                "nicht verglichen: Das Logbuch selbst ist fehlerhaft",
                "not compared: the log itself is faulty"
            ),
            _ => new("nicht verglichen", "not compared"),
        };

    // What a server says stands in some sentences: it may not move the cursor, end the line or turn the direction of reading.
    private static string Plain(string text) =>
        string.Create(
            text.Length,
            text,
            static (plain, said) =>
            {
                for (var i = 0; i < said.Length; i++)
                {
                    plain[i] =
                        char.IsControl(said[i])
                        || char.GetUnicodeCategory(said[i])
                            is UnicodeCategory.Format
                                or UnicodeCategory.LineSeparator
                                or UnicodeCategory.ParagraphSeparator
                            ? '\ufffd'
                            : said[i];
                }
            }
        );

    private static Sentence Same(string text) => new(text, text);

    private static string N(long n) => n.ToString(CultureInfo.InvariantCulture);

    private static string T(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
