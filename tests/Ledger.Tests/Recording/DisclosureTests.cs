using System.Text;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using Testing;

namespace Ledger.Tests.Recording;

/// <summary>What is personal lies beside the record and can be erased; the event stays what was signed.</summary>
public sealed class DisclosureTests
{
    private static Stated Stated(Guid about) =>
        new Stated
        {
            About = about,
            Stance = Stance.Explains,
            Function = "Bürgermeister",
            Name = "Erika Muster",
            Text = "Das war „anders“:\n\"so\".",
        }.On("2025");

    [Fact]
    public void A_digest_is_that_of_the_specification()
    {
        // RFC 9901, section 4.2.3; and section 4.2.1 for the disclosure without white space.
        Disclosure
            .DigestOf("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0")
            .ShouldBe("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
        new Disclosure("_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius").Encoded.ShouldBe(
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd"
        );
    }

    [Fact]
    public void A_disclosure_is_JSON_whatever_its_value_holds()
    {
        var value = "a\"b\\c\b\t\n\f\r\u0001 ü 𝄞 \u2028 /";
        var encoded = new Disclosure("salt", "text", value).Encoded;
        var json = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(encoded));
        JsonSerializer.Deserialize<string[]>(json).ShouldBe(["salt", "text", value]);
    }

    [Fact]
    public void What_is_concealed_can_be_revealed_by_its_own_values_alone()
    {
        var said = Stated(Guid.CreateVersion7());
        var salts = new Queue<string>(["eins", "zwei"]);
        var (body, beside) = Disclosures.Conceal(said, salts.Dequeue);
        var concealed = body.ShouldBeOfType<Stated>();
        concealed.Name.ShouldBeNull();
        concealed.Text.ShouldBeNull();
        concealed.Digests!.Count.ShouldBe(2);
        concealed.Faults().ShouldBeEmpty();
        JsonSerializer.Serialize(concealed, LedgerJson.Options).ShouldNotContain("Muster\"");

        var revealed = Disclosures.Reveal(concealed, beside).ShouldBeOfType<Stated>();
        (revealed.Name, revealed.Text).ShouldBe((said.Name, said.Text));

        var forged = beside.Select(d => d with { Value = "Max Muster" });
        Disclosures.Reveal(concealed, forged).ShouldBeOfType<Stated>().Name.ShouldBeNull();
        Disclosures.Conceal(concealed).Beside.ShouldBeEmpty();
        Disclosures.Conceal(new Started().On("2021")).Beside.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_is_recorded_with_what_it_discloses_and_read_until_it_is_erased()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var said = Stated(Guid.CreateVersion7());
        var stream = Sample.Stream(1);
        await ledger.Store.AppendAsync(Append.To(stream, 0, Sample.Promised(), said));

        var recorded = (await ledger.Store.ReadStreamAsync(stream))[1];
        Encoding.UTF8.GetString(recorded.Data.Span).ShouldNotContain("Erika");
        (await Read()).Name.ShouldBe("Erika Muster");
        (await Read()).Text.ShouldBe(said.Text);
        (
            await ledger.AskAsync<long>(
                "select count(*) from ledger.mt_events where data::text like '%Erika%'"
            )
        ).ShouldBe(0);

        await ledger.RunAsync(
            "set role ledger_owner; delete from ledger.disclosure where name = 'name'"
        );
        (await Read()).Name.ShouldBeNull();
        (await Read()).Text.ShouldBe(said.Text);

        async Task<Stated> Read()
        {
            var disclosed = await Disclosures.ReadAsync(ledger.Database, [recorded]);
            return (Stated)Disclosures.Reveal(recorded.Body, disclosed[recorded.Id]);
        }
    }

    [Fact]
    public async Task A_reply_that_is_refused_or_sent_again_discloses_nothing_more()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var stream = Sample.Stream(1);
        var context = new AppendContext
        {
            Idempotency = new Idempotency("anna", "k", new byte[32]),
        };
        await ledger.Store.AppendAsync(
            Append.To(stream, 0, Sample.Promised(), Stated(Guid.Empty)),
            context
        );
        (
            await ledger.Store.AppendAsync(
                Append.To(stream, 0, Sample.Promised(), Stated(Guid.Empty)),
                context
            )
        ).Replayed.ShouldBeTrue();
        await Should.ThrowAsync<StaleVersionException>(() =>
            ledger.Store.AppendAsync(Append.To(stream, 0, Stated(Guid.Empty)))
        );
        await Should.ThrowAsync<InadmissibleEventException>(() =>
            ledger.Store.AppendAsync(
                Append.To(stream, 2, Stated(Guid.Empty) with { Text = "U+0000: \0" })
            )
        );
        (await ledger.AskAsync<long>("select count(*) from ledger.disclosure")).ShouldBe(2);
    }

    [Fact]
    public async Task In_bulk_they_are_recorded_in_the_same_transaction()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(1, 20)
                .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n), Stated(Guid.Empty)))
        );
        (
            await ledger.AskAsync<long>("select count(distinct event_id) from ledger.disclosure")
        ).ShouldBe(20);
    }

    [Theory]
    [InlineData("update ledger.disclosure set value = 'x'")]
    [InlineData("delete from ledger.disclosure")]
    [InlineData("truncate ledger.disclosure")]
    public async Task The_application_changes_and_erases_nothing(string sql)
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.Store.AppendAsync(
            Append.To(Sample.Stream(1), 0, Sample.Promised(), Stated(Guid.Empty))
        );
        await using var command = ledger.Database.CreateCommand(sql);
        await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        await Should.ThrowAsync<PostgresException>(() => ledger.RunAsync(sql));
    }

    [Theory]
    [InlineData("""{"name": "Erika Muster", "_sd": []}""")]
    [InlineData("""{"text": "Anders.", "_sd": []}""")]
    [InlineData("{}")]
    public async Task The_database_admits_no_reply_with_its_values_in_it(string data)
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        var e = await Should.ThrowAsync<PostgresException>(() =>
            ledger.RunAsync(
                $"""
                insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
                values (nextval('ledger.mt_events_sequence'), gen_random_uuid(), '{Sample.Stream(
                    1
                )}', 2, '{data}', 'stated', now())
                """
            )
        );
        e.SqlState.ShouldBe("LG400");
    }
}
