using System.Text.Json;
using Ledger.EventStore;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Recording;

public sealed class VocabularyTests
{
    [Fact]
    public void Every_event_record_of_the_ledger_is_in_the_vocabulary_once()
    {
        var records = typeof(Event).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Event)));
        Vocabulary.All.Select(t => t.Record).ShouldBe(records, ignoreOrder: true);
        Vocabulary.All.Select(t => t.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_type_has_German_and_English_words_of_its_own()
    {
        Vocabulary.All.Select(t => t.Word.De).ShouldBeUnique();
        Vocabulary.All.Select(t => t.Word.En).ShouldBeUnique();
        Vocabulary.All.ShouldAllBe(t => t.Meaning.De.EndsWith('.') && t.Meaning.En!.EndsWith('.'));
    }

    [Fact]
    public void Decimals_are_strings_and_unknown_fields_are_refused()
    {
        var funded = new Ledger.Promises.Funded { Amount = 5.00m, Kind = Ledger.Promises.FundingKind.Grant }.On("2021");
        var json = JsonSerializer.Serialize(funded, LedgerJson.Options);
        json.ShouldContain("\"amount\":\"5.00\"");
        json.ShouldContain("\"kind\":\"grant\"");
        JsonSerializer.Deserialize<Ledger.Promises.Funded>(json, LedgerJson.Options)!.Amount.ShouldBe(5m);
        Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Ledger.Promises.Funded>(json.Replace("amount", "betrag", StringComparison.Ordinal), LedgerJson.Options)
        );
        Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Ledger.Promises.Funded>(json.Replace("\"5.00\"", "5.00", StringComparison.Ordinal), LedgerJson.Options)
        );
    }

    [Theory]
    [InlineData("promise:krefeld-klimaneutral-2035", true)]
    [InlineData("method", true)]
    [InlineData("promise:", false)]
    [InlineData("promise:Krefeld", false)]
    [InlineData("promise:a--b", false)]
    [InlineData("promise:-a", false)]
    [InlineData("promise:a-", false)]
    [InlineData("promise:ä", false)]
    [InlineData("Promise:a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_stream_key_is_a_kind_and_a_readable_name(string? text, bool valid) =>
        StreamKey.TryParse(text, out _).ShouldBe(valid);
}
