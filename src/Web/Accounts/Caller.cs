using System.Security.Cryptography;
using Web.Api.Problems;

namespace Web.Accounts;

/// <summary>Who sent a request, and what they may do with it.</summary>
/// <param name="Rights">What both the person's role and the key's scopes allow.</param>
public sealed record Caller(Person Person, string Key, IReadOnlyList<Right> Rights)
{
    public bool May(Right right) => Rights.Contains(right);

    /// <summary>The caller of a request whose endpoint needs a right (<see cref="Keys.Need"/>).</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) =>
        ValueTask.FromResult((Caller?)context.Items[typeof(Caller)]);
}

/// <summary>Lets in by key: <c>Authorization: Bearer zb_…</c>.</summary>
public static class Keys
{
    // Compared with when there is no such key, so that its absence takes as long.
    private static readonly byte[] s_nobody = new byte[32];
    private static readonly TimeSpan s_touchEvery = TimeSpan.FromMinutes(1);

    /// <summary>Which rights let in, any one of them.</summary>
    public sealed record Needed(IReadOnlyList<Right> AnyOf);

    /// <summary>Only lets in callers with one of these rights.</summary>
    public static TBuilder Need<TBuilder>(this TBuilder builder, params Right[] anyOf)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Needed(anyOf));

    /// <summary>Looks at the key of every request whose endpoint needs a right.</summary>
    public static void UseKeys(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<Needed>() is { } needed)
                {
                    var caller = await FindAsync(
                        context.Request,
                        context.RequestServices.GetRequiredService<AccountStore>(),
                        context.RequestServices.GetRequiredService<TimeProvider>()
                    );
                    if (!needed.AnyOf.Any(caller.May))
                    {
                        throw Refuse.Forbidden(
                            $"This needs the right to {string.Join(" or ", needed.AnyOf.Select(r => Projections.EnumNames.Of(r)))}."
                        );
                    }

                    context.Items[typeof(Caller)] = caller;
                }

                await next(context);
            }
        );

    private static async Task<Caller> FindAsync(
        HttpRequest request,
        AccountStore accounts,
        TimeProvider clock
    )
    {
        const string scheme = "Bearer ";
        if (
            request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            || !KeyText.TryParse(header[scheme.Length..].Trim(), out var text)
        )
        {
            throw Refuse.Unauthorized("Send a key: 'Authorization: Bearer zb_…'.");
        }

        var found = await accounts.FindKeyAsync(text.Prefix, request.HttpContext.RequestAborted);
        if (
            !CryptographicOperations.FixedTimeEquals(text.Hash(), found?.Hash ?? s_nobody)
            || found is null
        )
        {
            throw Refuse.Unauthorized("This key is unknown.");
        }

        var now = clock.GetUtcNow();
        if (found.Key.Revoked is not null || found.Person.Disabled is not null)
        {
            throw Refuse.Unauthorized(
                "This key lets in no more: it was revoked, or its person was disabled."
            );
        }

        if (found.Key.Expires <= now)
        {
            throw Refuse.Unauthorized("This key has expired.");
        }

        if (found.Key.LastUsed is not { } last || now - last > s_touchEvery)
        {
            await accounts.TouchAsync(text.Prefix, request.HttpContext.RequestAborted);
        }

        return new Caller(
            found.Person,
            text.Prefix,
            [.. found.Person.Role.Rights().Where(found.Key.Scopes.Contains)]
        );
    }
}
