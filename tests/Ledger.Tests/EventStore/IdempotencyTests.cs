using System.Security.Cryptography;
using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private static readonly byte[] s_request = SHA256.HashData("the request"u8);
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task A_replay_gives_the_same_answer_and_records_nothing()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(9), 0, Sample.Promised()));
        var first = await Start(1, Key(answer: """{"place": "/musterstadt/zusagen/1"}"""));

        var again = await Start(1, Key(answer: """{"place": "elsewhere"}"""));

        first.Replayed.ShouldBeFalse();
        again.ShouldBe(first with { Replayed = true });
        again.FirstIndex.ShouldBe(1);
        again.Answer.ShouldBe("""{"place": "/musterstadt/zusagen/1"}""");
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_replay_is_answered_even_when_the_stream_has_moved_on()
    {
        var first = await Start(1, Key());
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 1, new Started().On("2021")));

        (await Start(1, Key())).FirstIndex.ShouldBe(first.FirstIndex);
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Another_request_under_a_used_key_is_refused()
    {
        await Start(1, Key());

        var refusal = await Should.ThrowAsync<IdempotencyKeyReusedException>(() =>
            Start(2, Key(request: SHA256.HashData("another"u8)))
        );

        refusal.Message.ShouldContain("'key'");
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_of_another_actor_is_another_key()
    {
        await Start(1, Key());

        (await Start(2, Key(actor: "another"))).Replayed.ShouldBeFalse();
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Eight_concurrent_twins_record_once_and_get_the_same_answer()
    {
        for (var round = 1; round <= 10; round++)
        {
            var twins = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Start(round, Key(key: $"key {round}")))
            );

            twins.Count(t => !t.Replayed).ShouldBe(1);
            twins.Select(t => (t.FirstIndex, t.Recorded, t.Answer)).Distinct().Count().ShouldBe(1);
        }

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task A_refused_append_leaves_its_key_free()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await Should.ThrowAsync<StaleVersionException>(() => Start(1, Key()));

        (await Start(2, Key())).Replayed.ShouldBeFalse();
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_twin_that_waited_for_a_rolled_back_one_records_itself()
    {
        await using var connection = await _ledger.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var first = new NpgsqlCommand(
            """
            select ledger.append('{promise:a}', '{promise}', '{0}', '{promise:a}', '{1}', array[gen_random_uuid()], '{started}',
              '{X}', '{"{}"}', array[null]::jsonb[], null, null, 'actor', 'key', $1, null)
            """,
            connection
        );
        first.Parameters.Add(new() { Value = s_request });
        await first.ExecuteNonQueryAsync();

        var twin = Start(2, Key());
        await _ledger.UntilSomeoneWaitsAsync();
        await transaction.RollbackAsync();

        (await twin).ShouldSatisfyAllConditions(
            t => t.Replayed.ShouldBeFalse(),
            t => t.FirstIndex.ShouldBe(0)
        );
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("interval '0'")]
    [InlineData("interval '-1 year'")]
    [InlineData("null")]
    public async Task No_answer_is_forgotten_before_its_thirty_days(string olderThan)
    {
        await Start(1, Key());
        await using (
            var forget = _ledger.Database.CreateCommand(
                $"select ledger.forget_answers({olderThan})"
            )
        )
        {
            await forget.ExecuteNonQueryAsync();
        }

        (await Start(1, Key())).Replayed.ShouldBeTrue();
    }

    private Task<Appended> Start(int n, Idempotency key) =>
        _ledger.Store.AppendAsync(
            Append.To(Sample.Stream(n), 0, Sample.Promised(n)),
            new AppendContext { Idempotency = key }
        );

    private static Idempotency Key(
        string actor = "actor",
        string key = "key",
        byte[]? request = null,
        string? answer = null
    ) => new(actor, key, request ?? s_request, answer);
}
