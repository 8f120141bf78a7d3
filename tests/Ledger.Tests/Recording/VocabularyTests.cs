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
    public void Every_reason_to_refuse_has_a_code_of_its_own_and_two_sentences()
    {
        Objections.All.Select(o => o.Code).ShouldBeUnique();
        Objections.All.ShouldAllBe(o => o.Code.All(c => char.IsAsciiLetterLower(c) || c == '-'));
        foreach (var objection in Objections.All)
        {
            var refusal = objection.Refuse("eins", "zwei", "drei");
            refusal.Reason.De.ShouldNotContain("{");
            refusal.Reason.En!.ShouldNotContain("{");
            Count(objection.Sentence.De).ShouldBe(Count(objection.Sentence.En!), objection.Code);
        }

        static int Count(string sentence) => sentence.Count(c => c == '{');
    }

    [Fact]
    public void A_stream_takes_only_the_events_of_its_kind()
    {
        var kinds = StreamKind.All.ToDictionary(
            k => k,
            k => Vocabulary.All.Where(t => t.Streams.Contains(k)).ToList()
        );
        kinds.Values.ShouldAllBe(types => types.Count > 0);
        kinds.ShouldAllBe(k => k.Value.Any(t => t.Record == k.Key.OpenedBy));
        var measured = new Ledger.Targets.Measured
        {
            Period = Edtf.Parse("2020"),
            Value = 1m,
            Unit = "t",
            Publisher = "Amt",
        }.On("2021");
        var promise = RecordedEvent.Of(
            Sample.Promised(),
            Sample.Stream(1),
            1,
            DateTimeOffset.UnixEpoch
        );
        var refusal = Decisions
            .Decide(Sample.Stream(1), [promise], measured, DateTimeOffset.UnixEpoch)
            .ShouldBeOfType<Decision.Refused>();
        refusal.Code.ShouldBe("wrong-stream");
        refusal.Reason.ShouldBe(
            new Text(
                "Eine Zusage kennt das Ereignis „measured“ nicht.",
                "A promise has no event 'measured'."
            )
        );
    }

    [Fact]
    public void Decimals_are_strings_and_unknown_fields_are_refused()
    {
        var funded = new Ledger.Promises.Funded
        {
            Amount = 5.00m,
            Kind = Ledger.Promises.FundingKind.Grant,
        }.On("2021");
        var json = JsonSerializer.Serialize(funded, LedgerJson.Options);
        json.ShouldContain("\"amount\":\"5.00\"");
        json.ShouldContain("\"kind\":\"grant\"");
        JsonSerializer
            .Deserialize<Ledger.Promises.Funded>(json, LedgerJson.Options)!
            .Amount.ShouldBe(5m);
        Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Ledger.Promises.Funded>(
                json.Replace("amount", "betrag", StringComparison.Ordinal),
                LedgerJson.Options
            )
        );
        Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Ledger.Promises.Funded>(
                json.Replace("\"5.00\"", "5.00", StringComparison.Ordinal),
                LedgerJson.Options
            )
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
