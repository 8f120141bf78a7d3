using Ledger.EventStore;
using Ledger.Promises;
using Projections;
using Projections.Committees;
using Projections.Timelines;
using Web.Api.Problems;

namespace Web.Api.Reads;

/// <summary><c>GET /promises</c>: filtered, searched, in an order, page by page, now or as it was.</summary>
public static class ListPromises
{
    /// <param name="Municipality">Only of this one.</param>
    /// <param name="Status">Only with this status.</param>
    /// <param name="Topic">Only on this topic.</param>
    /// <param name="Source">Only from this source.</param>
    /// <param name="Committee">Only those that this committee answers for.</param>
    /// <param name="Q">Only with this text in the title, in German or English.</param>
    /// <param name="Sort"><c>source</c> (default), <c>title</c> or <c>newest</c>.</param>
    /// <param name="Limit">How many on a page: 1 to 500, 100 when not said.</param>
    /// <param name="Cursor">The page before's <c>next</c>.</param>
    public sealed record Query(
        string? Municipality,
        string? Status,
        string? Topic,
        string? Source,
        string? Committee,
        string? Q,
        string? Sort,
        int? Limit,
        string? Cursor
    )
    {
        internal PromiseFilter Filter() =>
            new(Municipality, StatusOf(), Topic, Source, Committee, Q);

        internal PromiseOrder Order() =>
            Sort is null
                ? PromiseOrder.Source
                : PromiseOrder.All.FirstOrDefault(o => o.Name == Sort)
                    ?? throw Refuse.BadParameter("'sort' is one of source, title, newest.");

        private PromiseStatus? StatusOf() =>
            Status is null
                ? null
                : Enum.GetValues<PromiseStatus>()
                    .Cast<PromiseStatus?>()
                    .FirstOrDefault(s => EnumNames.Of(s!.Value) == Status)
                    ?? throw Refuse.BadParameter(
                        $"'status' is one of {string.Join(", ", Enum.GetValues<PromiseStatus>().Select(EnumNames.Of))}."
                    );
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapRead(
            "/promises",
            ListAsync,
            "listPromises",
            "The promises, filtered, searched and sorted."
        );

    public static async Task<Read<Page<PromiseSummary>>> ListAsync(
        [AsParameters] Query query,
        [AsParameters] AsOfQuery asOfQuery,
        EventStore store,
        TimelineReader timelines,
        CommitteeReader committees,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var asOf = await asOfQuery.ResolveAsync(store, cancellation);
        var (filter, order, limit) = (query.Filter(), query.Order(), Cursor.Limit(query.Limit));
        var after = Cursor.Read(query.Cursor, order.Name, order.Fits);
        var rows = asOf.IsNow
            ? await timelines.PageAsync(filter, order, after, limit + 1, cancellation)
            : await FoldAsync(timelines, filter, order, after, limit + 1, asOf, cancellation);
        var day = await asOf.DayAsync(store, clock, cancellation);
        var terms = await Terms.ReadAsync(committees, asOf, cancellation);
        return new(
            new Page<PromiseSummary>(
                [.. rows.Take(limit).Select(r => PromiseSummary.Of(r, day, terms))],
                rows.Count > limit ? Cursor.Write(order.Name, order.KeysOf(rows[limit - 1])) : null,
                asOf
            )
        );
    }

    private static async Task<IReadOnlyList<PromiseRow>> FoldAsync(
        TimelineReader timelines,
        PromiseFilter filter,
        PromiseOrder order,
        IReadOnlyList<string>? after,
        int limit,
        AsOf asOf,
        CancellationToken cancellation
    )
    {
        List<PromiseRow> rows = [];
        await foreach (
            var history in timelines.PromiseHistoriesAsync(filter.Municipality, cancellation)
        )
        {
            if (
                asOf.Of(history.Events) is { Count: > 0 } events
                && PromiseRow.Of(history with { Events = events }, asOf.HappenedBy) is var row
                && filter.Lets(row)
                && (after is null || order.Compare(order.KeysOf(row), after) > 0)
            )
            {
                rows.Add(row);
            }
        }

        rows.Sort((a, b) => order.Compare(order.KeysOf(a), order.KeysOf(b)));
        return rows.Count > limit ? rows[..limit] : rows;
    }
}
