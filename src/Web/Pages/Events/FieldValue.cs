namespace Web.Pages.Events;

/// <summary>A field of an event: how it is called, and what it says.</summary>
/// <param name="Name">As it is stored.</param>
public sealed record EventField(string Name, string Label, FieldValue Value);

/// <summary>What a field says, in a form that a page can show.</summary>
public abstract record FieldValue
{
    private FieldValue() { }

    /// <summary>A sentence, a name, a number, a date.</summary>
    /// <param name="Lang">The language where it is not the one that is spoken.</param>
    public sealed record Words(string Text, string? Lang = null) : FieldValue;

    /// <summary>A key or a fingerprint: of no language.</summary>
    /// <param name="Page">The page of what it names; null = it has none.</param>
    public sealed record Key(string Text, string? Page = null) : FieldValue;

    /// <summary>A web address of others.</summary>
    public sealed record Link(string Address) : FieldValue;

    /// <summary>Several of the same kind.</summary>
    public sealed record Several(IReadOnlyList<FieldValue> Items) : FieldValue;

    /// <summary>Something that has fields itself.</summary>
    public sealed record Fields(IReadOnlyList<EventField> Items) : FieldValue;

    /// <summary>What has no words here: JSON as it is stored.</summary>
    public sealed record Json(string Text) : FieldValue;
}
