namespace Ledger.Catalogue;

/// <summary>The catalogue cannot be recorded; nothing of it was. One line for each fault.</summary>
public sealed class CatalogueException(IReadOnlyList<string> faults)
    : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
