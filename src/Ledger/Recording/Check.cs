using Ledger.EventStore;

namespace Ledger.Recording;

/// <summary>The forms that fields of several event types must have; each answers with the fault, or with none.</summary>
internal static class Check
{
    // More than any municipality's budget or emissions; a value above it is a slip.
    private const decimal Largest = 1_000_000_000_000_000m;

    public static IEnumerable<Fault> Text(string pointer, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return Objections.TextMissing.At(pointer);
        }
    }

    /// <summary>A German text; one that is missing altogether is no fault.</summary>
    public static IEnumerable<Fault> Text(string pointer, Text? text) =>
        text is null ? [] : Text($"{pointer}/de", text.De);

    /// <summary>The name of a stream, a committee, a term: part of a public address.</summary>
    public static IEnumerable<Fault> Name(string pointer, string? name)
    {
        if (name is not null && (name.Length > 140 || !StreamKey.IsName(name)))
        {
            yield return Objections.NotAName.At(pointer, name);
        }
    }

    public static IEnumerable<Fault> Names(string pointer, IReadOnlyList<string> names) =>
        Each(pointer, names, Name);

    public static IEnumerable<Fault> Texts(string pointer, IReadOnlyList<string> texts) =>
        Each(pointer, texts, Text);

    /// <summary>Every item of a list; JSON may hold null where no item can be.</summary>
    public static IEnumerable<Fault> Each<T>(
        string pointer,
        IReadOnlyList<T> items,
        Func<string, T, IEnumerable<Fault>> faults
    )
    {
        for (var i = 0; i < items.Count; i++)
        {
            var at = $"{pointer}/{i}";
            foreach (
                var fault in items[i] is null
                    ? [Objections.TextMissing.At(at)]
                    : faults(at, items[i])
            )
            {
                yield return fault;
            }
        }
    }

    public static IEnumerable<Fault> Sha256(string pointer, string? text)
    {
        if (text is not null && !(text.Length == 64 && text.All(char.IsAsciiHexDigitLower)))
        {
            yield return Objections.Fingerprint.At(pointer);
        }
    }

    public static IEnumerable<Fault> Year(string pointer, int? year) =>
        Within(pointer, year, Edtf.FirstYear, Edtf.LastYear);

    /// <summary>A number of the world that is not absurd.</summary>
    public static IEnumerable<Fault> Number(string pointer, decimal? number) =>
        Within(pointer, number, -Largest, Largest);

    public static IEnumerable<Fault> Within(
        string pointer,
        decimal? number,
        decimal from,
        decimal to
    )
    {
        if (number is { } n && (n < from || n > to))
        {
            yield return Objections.OutOfRange.At(pointer, n, from, to);
        }
    }

    public static IEnumerable<Fault> Lines(string pointer, int from, int to)
    {
        if (from < 1 || to < from)
        {
            yield return Objections.LineRange.At(pointer);
        }
    }

    /// <summary>A fault when something does not hold.</summary>
    public static IEnumerable<Fault> That(bool holds, Objection objection, string pointer)
    {
        if (!holds)
        {
            yield return objection.At(pointer);
        }
    }
}
