using Ledger.Sources;
using Web.Pages.Sources;

namespace Web.Tests.Sources;

public sealed class SourceWordsTests
{
    [Theory]
    [InlineData(0, 100, "0")]
    [InlineData(1, 1000, "unter 1")]
    [InlineData(472, 602, "78")]
    [InlineData(1, 2, "50")]
    [InlineData(999, 1000, "über 99")]
    [InlineData(7, 7, "100")]
    [InlineData(0, 0, "0")]
    public void A_share_claims_neither_nothing_nor_all_when_it_is_not(
        int part,
        int whole,
        string words
    ) => SourceWords.Share(part, whole).ShouldBe($"{words}\u00a0%");

    [Fact]
    public void Every_reason_has_words_and_a_meaning_of_its_own()
    {
        var reasons = Enum.GetValues<LeftOutReason>();
        reasons.Select(SourceWords.Reason).Distinct().Count().ShouldBe(reasons.Length);
        reasons.Select(SourceWords.Meaning).Distinct().Count().ShouldBe(reasons.Length);
    }
}
