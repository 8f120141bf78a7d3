namespace Web.Accounts;

/// <summary>Somebody who may write. Only the pseudonym ever stands in the record.</summary>
/// <param name="Pseudonym">Such as <c>p-7f3a09c2d1e4</c>.</param>
/// <param name="Name">For those who manage people; never shown to readers.</param>
public sealed record Person(
    Guid Id,
    string Pseudonym,
    string Name,
    Role Role,
    DateTimeOffset? Disabled
);

/// <summary>What a person is for. Roles do not include one another, but for proposing, which editors do too.</summary>
public enum Role
{
    /// <summary>Proposes.</summary>
    Contributor,

    /// <summary>Proposes, and accepts or rejects what others proposed.</summary>
    Editor,

    /// <summary>Manages people and keys, and nothing else: nobody can hand themselves the second pair of eyes unseen.</summary>
    Administrator,
}

/// <summary>What a key lets its person do, as far as the role does: the scopes of keys.</summary>
public enum Right
{
    Propose,
    Review,
    Administer,
}

public static class Roles
{
    /// <summary>What a role may do.</summary>
    public static IReadOnlyList<Right> Rights(this Role role) =>
        role switch
        {
            Role.Contributor => [Right.Propose],
            Role.Editor => [Right.Propose, Right.Review],
            Role.Administrator => [Right.Administer],
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };
}
