namespace Verify.Entries;

/// <summary>An event as the site's API shows it.</summary>
/// <param name="Statement">Digest of what it states; null when the API shows no content, or what cannot be what the log holds.</param>
/// <param name="Opened">Digests of the personal values that it opens.</param>
/// <param name="Erases">Digests that it declares erased.</param>
/// <param name="IsEmpty">Whether it shows no content at all.</param>
public sealed record ShownEvent(
    long Index,
    string Subject,
    byte[]? Statement,
    IReadOnlyList<string> Opened,
    IReadOnlyList<string> Erases,
    bool IsEmpty
);
