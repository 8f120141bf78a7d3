using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Submissions;
using Web.Api.Wire;

namespace Web.Api.Recording;

/// <summary>What the description says of a write's answers.</summary>
public static class Described
{
    /// <summary>The header that makes a write happen once.</summary>
    public sealed record TakesKey;

    /// <summary>The header that holds a stream's version against it.</summary>
    public sealed record TakesVersion;

    /// <summary>An answer that is no success.</summary>
    public static TBuilder Refuses<TBuilder>(
        this TBuilder builder,
        params ReadOnlySpan<int> statuses
    )
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            builder.WithMetadata(
                new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.ContentType])
            );
        }

        return builder;
    }

    /// <summary>What every write may answer.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new TakesKey()).Refuses(400, 401, 403, 408, 409, 413, 415, 422);

    /// <summary>An event that is recorded or proposed.</summary>
    public static RouteHandlerBuilder Records(this RouteHandlerBuilder builder, bool conditional)
    {
        builder.Produces<EventEntry>(201).Produces<SubmissionView>(202).Writes();
        if (conditional)
        {
            builder.WithMetadata(new TakesVersion()).Refuses(404, 412, 428);
        }

        return builder;
    }
}
