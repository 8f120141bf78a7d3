using System.Globalization;

namespace Ledger.Recording;

/// <summary>A reason to refuse, declared once: its code, which never changes, and its sentence with places for words.</summary>
/// <param name="Code">Kebab case; the last part of the API's problem type.</param>
/// <param name="Sentence">German and English; <c>{0}</c>, <c>{1}</c> are filled in.</param>
public sealed record Objection(string Code, Text Sentence)
{
    /// <summary>The sentence with dots where words are filled in, for lists of reasons.</summary>
    public Text Blank => Say(["…", "…", "…"]);

    /// <summary>Refuses for this reason.</summary>
    /// <param name="words">What is filled in; a <see cref="Text"/> in the sentence's language.</param>
    public Decision.Refused Refuse(params ReadOnlySpan<object> words) => new(Code, Say(words));

    /// <summary>Finds fault with a field for this reason.</summary>
    /// <param name="pointer">JSON pointer to the field in the event's data: <c>/title/de</c>.</param>
    /// <param name="words">What is filled in.</param>
    public Fault At(string pointer, params ReadOnlySpan<object> words) =>
        new(pointer, Code, Say(words));

    private Text Say(ReadOnlySpan<object> words)
    {
        var german = new string[words.Length];
        var english = new string[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            var text = words[i] as Text;
            var plain = text is null
                ? string.Create(CultureInfo.InvariantCulture, $"{words[i]}")
                : "";
            german[i] = text?.De ?? plain;
            english[i] = text?.En ?? text?.De ?? plain;
        }

        return new Text(Fill(Sentence.De, german), Fill(Sentence.En!, english));
    }

    private static string Fill(string sentence, string[] words) =>
        words.Length == 0 ? sentence : string.Format(CultureInfo.InvariantCulture, sentence, words);
}

/// <summary>What is wrong with one field by itself, whatever is on record.</summary>
/// <param name="Pointer">JSON pointer to the field in the event's data; empty for the whole.</param>
/// <param name="Code">The objection's code.</param>
/// <param name="Sentence">What is wrong, in German and English.</param>
public sealed record Fault(string Pointer, string Code, Text Sentence);
