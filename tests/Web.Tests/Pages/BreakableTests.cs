using Web.Pages.Wording;

namespace Web.Tests.Pages;

/// <summary>Where a long word of a heading may break.</summary>
public sealed class BreakableTests
{
    [Theory]
    [InlineData("Rechnungsprüfungsausschuss", "Rechnungs|prüfungs|ausschuss")]
    [InlineData(
        "Die Digitalisierungsstrategie fortschreiben",
        "Die Digitalisierungs|strategie fortschreiben"
    )]
    [InlineData("Nachhaltigkeitsrichtlinien", "Nachhaltigkeits|richtlinien")]
    [InlineData("Gesundheitskarte", "Gesundheits|karte")]
    [InlineData("Jungsein und Leistung", "Jungsein und Leistung")]
    [InlineData("Sitzungen", "Sitzungen")]
    public void A_long_word_may_break_where_it_is_joined(string title, string expected) =>
        Writing.Breakable(title).Replace('\u00ad', '|').ShouldBe(expected);
}
