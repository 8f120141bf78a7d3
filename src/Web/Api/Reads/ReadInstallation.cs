using Ledger.EventStore;
using Web.Accounts;
using Web.Api.Recording;
using Web.Hosting;

namespace Web.Api.Reads;

/// <summary><c>GET /installation</c>: what is true of this installation; <c>GET /me</c>: what is true of a key.</summary>
public static class ReadInstallation
{
    /// <param name="Origin">The log's identity, fixed for ever.</param>
    /// <param name="FourEyes">Whether what is recorded needs a second person.</param>
    public sealed record Installation(string? Origin, bool FourEyes);

    /// <param name="Pseudonym">How the record names the caller.</param>
    /// <param name="Rights">What role and key together allow.</param>
    /// <param name="Key">The key's public part.</param>
    public sealed record Me(string Pseudonym, Role Role, IReadOnlyList<Right> Rights, string Key);

    public static void Map(IEndpointRouteBuilder reads, IEndpointRouteBuilder api)
    {
        reads.MapRead(
            "/installation",
            GetAsync,
            "readInstallation",
            "Whether a second person checks what is recorded."
        );
        api.MapGet(
                "/me",
                (Caller caller) =>
                    new Private<Me>(
                        new Me(
                            caller.Person.Pseudonym,
                            caller.Person.Role,
                            caller.Rights,
                            caller.Key
                        )
                    )
            )
            .Need(Right.Propose, Right.Review, Right.Administer)
            .Produces<Me>()
            .Refuses(401)
            .WithName("readMe")
            .WithSummary("Whose key this is, and what it may do.");
    }

    public static async Task<Read<Installation>> GetAsync(
        OpenLedger ledger,
        ReviewRule review,
        CancellationToken cancellation
    ) =>
        new(
            new Installation(
                await Origin.FixedAsync(ledger.Database, cancellation),
                review.FourEyes
            )
        );
}
