using System.Globalization;
using Ledger.Recording;

namespace Web.Pages.Wording;

/// <summary>
/// The language in which a request is answered: German, or English beneath <c>/en</c>. It belongs to the request (and to what
/// the request calls), so that words need not be handed through every page; what is no request, such as a feed being
/// written, speaks German.
/// </summary>
public static class Language
{
    /// <summary>The first part of every English address.</summary>
    public const string English = "/en";

    private static readonly AsyncLocal<bool> s_isEnglish = new();
    private static readonly CultureInfo s_german = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo s_english = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Whether English is spoken.</summary>
    public static bool IsEnglish
    {
        get => s_isEnglish.Value;
        set => s_isEnglish.Value = value;
    }

    /// <summary>The language as a tag of RFC 5646, for <c>lang</c> and <c>hreflang</c>.</summary>
    public static string Tag => IsEnglish ? "en" : "de";

    /// <summary>
    /// The <c>lang</c> of a part that is German whatever is spoken, such as the name of a committee: null (no attribute) on a German page.
    /// </summary>
    public static string? OfGermanPart => IsEnglish ? "de" : null;

    /// <summary>The culture by which numbers and the alphabet go. Named here and never asked of the machine.</summary>
    public static CultureInfo Culture => IsEnglish ? s_english : s_german;

    /// <summary>One of two wordings of the same thing.</summary>
    public static string Say(string de, string en) => IsEnglish ? en : de;

    /// <summary>A text in the language that is spoken; in German where English is missing (<see cref="LanguageOf"/>).</summary>
    public static string Words(this Text text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsEnglish && text.En is { } english ? english : text.De;
    }

    /// <summary>The <c>lang</c> of what <see cref="Words"/> gave: "de" where it is not the language of the page, else null.</summary>
    public static string? LanguageOf(Text text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsEnglish && text.En is null ? "de" : null;
    }

    /// <summary>An address of ours in the language that is spoken.</summary>
    /// <param name="path">The German address, from its first slash on.</param>
    public static string Local(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsEnglish ? Beneath(path) : path;
    }

    /// <summary>The English address of a page whose address is given in the language that is spoken.</summary>
    public static string InEnglish(string local) => IsEnglish ? local : Beneath(local);

    /// <summary>The German address of a page whose address is given in the language that is spoken.</summary>
    public static string InGerman(string local)
    {
        ArgumentNullException.ThrowIfNull(local);
        return !IsEnglish ? local
            : local == English ? "/"
            : local[English.Length..];
    }

    private static string Beneath(string german) => german is "/" ? English : $"{English}{german}";
}
