using System.Text;
using Web.Feeds;

namespace Web.Tests.Feeds;

/// <summary>One makes a document for all who ask at once; what is kept is bounded in bytes.</summary>
public sealed class DocumentCacheTests
{
    private static readonly Stamp s_now = new(1, 1);

    private static Document Of(string text) =>
        new(Encoding.UTF8.GetBytes(text), "text/plain", null, Document.Ask);

    [Fact]
    public async Task Of_many_who_ask_at_once_one_makes_it()
    {
        using var cache = new DocumentCache();
        var made = 0;
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ =>
                    Task.Run(async () =>
                        await cache.GetAsync(
                            "/",
                            s_now,
                            null,
                            async () =>
                            {
                                Interlocked.Increment(ref made);
                                await Task.Delay(50);
                                return Of("einmal");
                            }
                        )
                    )
                )
        );
        made.ShouldBe(1);
        answers.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_document_is_made_again_under_another_stamp_and_after_its_maker_failed()
    {
        using var cache = new DocumentCache();
        await Should.ThrowAsync<InvalidDataException>(async () =>
            await cache.GetAsync("/", s_now, null, () => throw new InvalidDataException())
        );
        var first = await cache.GetAsync(
            "/",
            s_now,
            null,
            () => Task.FromResult<Document?>(Of("a"))
        );
        foreach (var stamp in (Stamp[])[new(2, 1), new(2, 2), s_now])
        {
            var again = await cache.GetAsync(
                "/",
                stamp,
                null,
                () => Task.FromResult<Document?>(Of("b"))
            );
            again.ShouldNotBeNull().ShouldNotBe(first);
            (
                await cache.GetAsync("/", stamp, null, () => throw new InvalidDataException())
            ).ShouldBe(again);
            first = again;
        }
    }

    [Fact]
    public async Task What_may_not_be_kept_is_made_by_each_and_nobody_waits_for_long()
    {
        using var cache = new DocumentCache();
        var running = 0;
        var most = 0;
        async Task<Document?> RefuseAsync()
        {
            await Task.Delay(30);
            return null;
        }

        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        (await cache.GetAsync("/", s_now, null, RefuseAsync)).ShouldBeNull();
                        var now = Interlocked.Increment(ref running);
                        InterlockedMax(ref most, now);
                        await Task.Delay(300);
                        Interlocked.Decrement(ref running);
                    })
                )
        );
        most.ShouldBeGreaterThan(10);
        (
            await cache.GetAsync("/", s_now, null, () => Task.FromResult<Document?>(Of("doch")))
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task However_many_addresses_are_asked_for_the_bytes_kept_are_bounded()
    {
        using var cache = new DocumentCache();
        var page = new string('x', 200_000);
        for (var n = 0; n < 1_500; n++)
        {
            await cache.GetAsync(
                $"/?n={n}",
                s_now,
                null,
                () => Task.FromResult<Document?>(Of(page))
            );
        }

        var kept = 0;
        for (var n = 0; n < 1_500; n++)
        {
            var isKept = true;
            await cache.GetAsync(
                $"/?n={n}",
                s_now,
                null,
                () =>
                {
                    isKept = false;
                    return Task.FromResult<Document?>(null);
                }
            );
            kept += isKept ? 1 : 0;
        }

        kept.ShouldBeInRange(50, 64 * 1024 * 1024 / 200_000);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; )
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
