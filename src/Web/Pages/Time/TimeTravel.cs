using Ledger.Recording;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Web.Api.Reads;
using Web.Hosting;
using Web.Pages.Wording;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Time;

/// <summary>Reads <c>?stand=</c> and <c>?zum=</c> before a page is made, for the addresses that take them.</summary>
public static class TimeTravel
{
    /// <summary>Name of the parameter for what was recorded by then.</summary>
    public const string Stand = "stand";

    /// <summary>Name of the parameter for what had happened by then.</summary>
    public const string Zum = "zum";

    /// <summary>Has to stand behind routing.</summary>
    public static void UseTimeTravel(this WebApplication app) => app.Use(InvokeAsync);

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<TravelsInTime>() is { } travels
            && await AnswerAsync(context, travels) is { } answer
        )
        {
            await answer.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    // A page that cannot or need not be made; null when the moment is set.
    private static async Task<IResult?> AnswerAsync(HttpContext context, TravelsInTime travels)
    {
        var cancellation = context.RequestAborted;
        var store = context.RequestServices.GetRequiredService<Store>();
        var ledger = context.RequestServices.GetRequiredService<OpenLedger>();
        var today = context.RequestServices.GetRequiredService<TimeProvider>().Today();
        var query = new AsOfQuery(Text(context, Stand), Text(context, Zum));
        if (query is { Stand: null, Zum: null })
        {
            // The form was sent empty: the same page has one address.
            if (context.Request.Query.ContainsKey(Stand) || context.Request.Query.ContainsKey(Zum))
            {
                return TypedResults.Redirect(With(context, null, null));
            }

            context.Features.Set(new PageMoment(AsOf.Now, query, today, -1));
            return null;
        }

        if (query.Malformed is { } malformed)
        {
            return new RazorComponentResult<BadMomentPage>(new { Parameter = malformed })
            {
                StatusCode = StatusCodes.Status400BadRequest,
            };
        }

        if (!context.RequestServices.GetRequiredService<TravelLimit>().Lets(context, out var wait))
        {
            context.Response.Headers.RetryAfter = wait;
            return new RazorComponentResult<TooManyPage>(new { })
            {
                StatusCode = StatusCodes.Status429TooManyRequests,
            };
        }

        if (query.Zum is not null && !travels.ByOccurred)
        {
            return TypedResults.Redirect(With(context, query.Stand, null));
        }

        // What the read models do not hold yet could still change a page that is to stay as it is.
        var newest = (await ledger.Engine.StateAsync(cancellation)).Min(p => p.Next) - 1;
        var asOf = await query.ResolveAsync(store, cancellation);
        var isOpen =
            asOf.Stand is { } stand
            && newest >= 0
            && (stand > newest || query.StandMoment is { } moment && !IsPast(moment, context));
        if (isOpen || asOf.Zum >= today)
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Redirect(
                With(
                    context,
                    isOpen || asOf.Stand is null ? $"{newest}" : query.Stand,
                    asOf.Zum >= today ? null : query.Zum
                )
            );
        }

        var recorded =
            query.StandIndex is { } index
            && await store.ReadAllAsync(index, 1, cancellation) is [var e]
                ? e.RecordedDay
                : (DateOnly?)null;
        context.Features.Set(
            new PageMoment(
                asOf,
                query,
                asOf.Zum ?? asOf.StandDay ?? recorded ?? today,
                newest,
                recorded
            )
        );
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return null;
    }

    /// <summary>The address of this page for another moment, with all else that it asks for.</summary>
    public static string With(HttpContext context, string? stand, string? zum)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in context.Request.Query)
        {
            if (name is not (Stand or Zum))
            {
                query.Add(name, values.OfType<string>());
            }
        }

        if (stand is not null)
        {
            query.Add(Stand, stand);
        }

        if (zum is not null)
        {
            query.Add(Zum, zum);
        }

        return $"{Language.Local(context.Request.Path)}{query.ToQueryString()}";
    }

    // A day is past when it is over; a moment when it was.
    private static bool IsPast(DateTimeOffset moment, HttpContext context) =>
        moment < context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static string? Text(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
