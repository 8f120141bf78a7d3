namespace Web.Pages.Legal;

/// <summary>
/// What the operator of an installation has to say for himself: a folder of plain text files, one for each page, paragraphs parted by empty
/// lines, a line that begins with '# ' is a heading. Setting <c>LEDGER_OPERATOR</c>; without it the pages say that something is missing.
/// </summary>
/// <param name="Folder">Null = not configured.</param>
public sealed record OperatorTexts(string? Folder)
{
    private const int Longest = 200_000;

    public static OperatorTexts FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("LEDGER_OPERATOR") is { Length: > 0 } f ? f : null);

    /// <summary>The paragraphs of a page; null where the operator has written none.</summary>
    /// <param name="name">Name of the file without <c>.txt</c>.</param>
    public async Task<IReadOnlyList<string>?> ReadAsync(string name, CancellationToken cancellation)
    {
        if (
            Folder is null
            || new FileInfo(Path.Combine(Folder, $"{name}.txt"))
                is not { Exists: true, Length: <= Longest } file
        )
        {
            return null;
        }

        var text = await File.ReadAllTextAsync(file.FullName, cancellation);
        var paragraphs = text.ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return paragraphs.Length > 0 ? paragraphs : null;
    }
}
