using System.Text.Json;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Reads;
using Web.Api.Recording;
using Web.Api.Wire;

namespace Web.Api.People;

/// <summary><c>/people</c> and <c>/keys</c>: what an administrator does; the same as <c>./ledger user</c>.</summary>
public static class ManagePeople
{
    private const int LongestName = 200;

    public sealed record PersonView(string Pseudonym, string Name, Role Role, bool Disabled)
    {
        public static PersonView Of(Person p) =>
            new(p.Pseudonym, p.Name, p.Role, p.Disabled is not null);
    }

    public sealed record PersonList(IReadOnlyList<PersonView> Items);

    public sealed record KeyList(IReadOnlyList<ApiKey> Items);

    /// <param name="Name">For those who manage people; never shown to readers.</param>
    public sealed record NewPerson(string Name, Role Role);

    public sealed record ChangedPerson(Role Role, bool Disabled);

    /// <param name="Scopes">What the key may do at most; all that the role may, when not said.</param>
    /// <param name="Days">Days until it expires: 1 to 3660, 365 when not said.</param>
    public sealed record NewKey(
        IReadOnlyList<Right>? Scopes = null,
        string? Label = null,
        int? Days = null
    );

    /// <param name="Key">The whole key, now and never again.</param>
    public sealed record ShownKey(string Key, string Prefix, DateTimeOffset Expires);

    public static void Map(IEndpointRouteBuilder api)
    {
        Describe(api.MapGet("/people", ListAsync), "listPeople", "Everybody, with role and name.")
            .Produces<PersonList>();
        Describe(
                api.MapPost("/people", AddAsync),
                "addPerson",
                "Add a person under a new pseudonym."
            )
            .Accepts<NewPerson>("application/json")
            .Produces<PersonView>(201)
            .Refuses(400, 408, 413, 415, 422);
        Describe(
                api.MapPut("/people/{pseudonym}", ChangeAsync),
                "changePerson",
                "Give a person another role, let them in or out."
            )
            .Accepts<ChangedPerson>("application/json")
            .Produces<PersonView>()
            .Refuses(400, 404, 408, 413, 415, 422);
        Describe(
                api.MapGet("/people/{pseudonym}/keys", KeysAsync),
                "listKeys",
                "A person's keys with expiry and last use."
            )
            .Produces<KeyList>()
            .Refuses(404);
        Describe(
                api.MapPost("/people/{pseudonym}/keys", AddKeyAsync),
                "addKey",
                "Make a key and show it, once."
            )
            .Accepts<NewKey>("application/json")
            .Produces<ShownKey>(201)
            .Refuses(400, 404, 408, 413, 415, 422);
        Describe(api.MapDelete("/keys/{prefix}", RevokeAsync), "revokeKey", "Let a key in no more.")
            .Produces(204)
            .Refuses(404);
    }

    public static async Task<IResult> ListAsync(
        AccountStore accounts,
        CancellationToken cancellation
    ) =>
        new Private<PersonList>(
            new([.. (await accounts.ListAsync(cancellation)).Select(PersonView.Of)])
        );

    public static async Task<IResult> AddAsync(
        HttpRequest request,
        AccountStore accounts,
        CancellationToken cancellation
    )
    {
        var person = JsonDoor.Parse<NewPerson>(await JsonDoor.ReadAsync(request, cancellation));
        if (string.IsNullOrWhiteSpace(person.Name) || person.Name.Length > LongestName)
        {
            throw Refuse.Malformed(
                new BodyFault("/name", $"A name has 1 to {LongestName} characters.")
            );
        }

        var added = await accounts.AddAsync(person.Name, person.Role, cancellation);
        return Created($"/api/v1/people/{added.Pseudonym}/keys", PersonView.Of(added));
    }

    public static async Task<IResult> ChangeAsync(
        string pseudonym,
        HttpRequest request,
        AccountStore accounts,
        CancellationToken cancellation
    )
    {
        var change = JsonDoor.Parse<ChangedPerson>(await JsonDoor.ReadAsync(request, cancellation));
        await FindAsync(accounts, pseudonym, cancellation);
        await accounts.ChangeRoleAsync(pseudonym, change.Role, cancellation);
        await (
            change.Disabled
                ? accounts.DisableAsync(pseudonym, cancellation)
                : accounts.EnableAsync(pseudonym, cancellation)
        );
        return new Private<PersonView>(
            PersonView.Of(await FindAsync(accounts, pseudonym, cancellation))
        );
    }

    public static async Task<IResult> KeysAsync(
        string pseudonym,
        AccountStore accounts,
        CancellationToken cancellation
    )
    {
        await FindAsync(accounts, pseudonym, cancellation);
        return new Private<KeyList>(new(await accounts.KeysAsync(pseudonym, cancellation)));
    }

    public static async Task<IResult> AddKeyAsync(
        string pseudonym,
        HttpRequest request,
        AccountStore accounts,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var wanted = JsonDoor.Parse<NewKey>(await JsonDoor.ReadAsync(request, cancellation));
        var days = wanted.Days ?? 365;
        if (days is < 1 or > 3660)
        {
            throw Refuse.Malformed(new BodyFault("/days", "A key is valid for 1 to 3660 days."));
        }

        if (wanted.Label?.Length > LongestName)
        {
            throw Refuse.Malformed(
                new BodyFault("/label", $"A label has at most {LongestName} characters.")
            );
        }

        var person = await FindAsync(accounts, pseudonym, cancellation);
        var expires = clock.GetUtcNow().AddDays(days);
        var key = await accounts.AddKeyAsync(
            person,
            wanted.Scopes is { Count: > 0 } some ? [.. some.Distinct()] : person.Role.Rights(),
            wanted.Label ?? "",
            expires,
            cancellation
        );
        return Created(
            $"/api/v1/people/{pseudonym}/keys",
            new ShownKey(key.ToString(), key.Prefix, expires)
        );
    }

    public static async Task<IResult> RevokeAsync(
        string prefix,
        AccountStore accounts,
        CancellationToken cancellation
    ) =>
        await accounts.RevokeAsync(prefix, cancellation)
            ? Results.NoContent()
            : throw Refuse.NotFound("There is no key of that prefix.");

    private static RouteHandlerBuilder Describe(
        RouteHandlerBuilder builder,
        string name,
        string summary
    ) => builder.Need(Right.Administer).Refuses(401, 403).WithName(name).WithSummary(summary);

    private static async Task<Person> FindAsync(
        AccountStore accounts,
        string pseudonym,
        CancellationToken cancellation
    ) =>
        await accounts.FindAsync(pseudonym, cancellation)
        ?? throw Refuse.NotFound("There is no person of that pseudonym.");

    private static Answer Created<T>(string location, T body) =>
        new(
            StatusCodes.Status201Created,
            location,
            JsonSerializer.SerializeToNode(body, ApiJson.Options)
        );
}
