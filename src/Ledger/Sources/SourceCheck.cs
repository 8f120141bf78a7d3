using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>A registered document held against what is said of it: do all passages stand where they are said to, and what became of its items.</summary>
public sealed class SourceCheck
{
    private readonly Dictionary<int, List<string>> _promises = [];
    private readonly HashSet<int> _leftOut;
    private readonly List<string> _faults = [];

    /// <param name="name">Name of the source's stream.</param>
    /// <param name="document">The registered file, read in its form.</param>
    /// <param name="citations">All that rest on a passage of it.</param>
    public SourceCheck(
        string name,
        SourceRegistered registered,
        SourceDocument document,
        IReadOnlyList<Citation> citations
    )
    {
        Name = name;
        Registered = registered;
        Document = document;
        Citations = citations;
        _leftOut =
        [
            .. (registered.LeftOut ?? []).SelectMany(l => l.Lines.NumbersIn(document.Range)),
        ];
        CheckDocument();
        foreach (var citation in citations)
        {
            CheckPassage(citation);
        }

        CheckLeftOut();
        Items = [.. document.Items.Select(b => new ItemCheck(b, StateOf(b)))];
        _faults.AddRange(
            Items
                .Where(i => i.State == ItemState.Neither)
                .Select(i =>
                    $"lines {i.Item.Lines}: an item that no promise covers and that is not left out"
                )
        );
    }

    public string Name { get; }

    public SourceRegistered Registered { get; }

    public SourceDocument Document { get; }

    public IReadOnlyList<Citation> Citations { get; }

    /// <summary>Every bullet and numbered item, with what became of it.</summary>
    public IReadOnlyList<ItemCheck> Items { get; }

    /// <summary>What is wrong, a line each; empty when the source is clean.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Lines with text that promises cover, with the names of these promises.</summary>
    public IEnumerable<(int Line, IReadOnlyList<string> Promises)> Covered =>
        Document
            .Lines.Where(l => !l.IsEmpty && _promises.ContainsKey(l.Number))
            .Select(l => (l.Number, (IReadOnlyList<string>)_promises[l.Number]));

    /// <summary>How many lines with text are left out and covered by no promise.</summary>
    public int LeftOutLines =>
        Document.Lines.Count(l =>
            !l.IsEmpty && _leftOut.Contains(l.Number) && !_promises.ContainsKey(l.Number)
        );

    /// <summary>Paragraphs of which no line is covered or left out: no fault, but perhaps an oversight.</summary>
    public IEnumerable<Block> Loose =>
        Document.Blocks.Where(b =>
            b.Kind == BlockKind.Text
            && b.Lines.NumbersIn(Document.Range)
                .All(l => !_promises.ContainsKey(l) && !_leftOut.Contains(l))
        );

    private void CheckDocument()
    {
        Compare("first and last line with text", Registered.Lines, Document.Range);
        Compare("the way of counting lines", Registered.Locators, Document.Locators);
        Compare("lines with text", Registered.TextLines, Document.TextLines);
        Compare(
            "lines without text",
            Registered.EmptyLines is { } empty ? string.Join(", ", empty) : null,
            string.Join(", ", Document.EmptyLines)
        );
        Compare("bullets and numbered items", Registered.Items, Document.Items.Count());

        void Compare<T>(string what, T? said, T is_)
        {
            if (said is not null && !said.Equals(is_))
            {
                _faults.Add($"{what}: registered are {said}, the document has {is_}");
            }
        }
    }

    private void CheckPassage(Citation citation)
    {
        var (_, (scheme, from, to), fingerprint) = citation.Passage;
        var where = $"lines {new LineRange(from, to)}: {citation.Stream}";
        if (citation.Type != "promised")
        {
            where += $" ({citation.Type})";
        }

        if (scheme != Document.Locators)
        {
            _faults.Add($"{where} counts lines by {scheme}, the document by {Document.Locators}");
            return;
        }

        if (citation.IsPromise)
        {
            foreach (var line in new LineRange(from, to).NumbersIn(Document.Range))
            {
                if (!_promises.TryGetValue(line, out var here))
                {
                    _promises[line] = here = [];
                }

                here.Add(citation.Stream.Name);
            }
        }

        if (Document.Passage(from, to) is not { } passage)
        {
            _faults.Add(
                $"{where} names lines that the document does not have or that carry no text"
            );
        }
        else if (passage.Fingerprint != fingerprint)
        {
            var elsewhere = Elsewhere(to - from, fingerprint);
            _faults.Add(
                $"{where} has the fingerprint {fingerprint}, these lines have {passage.Fingerprint}"
                    + (elsewhere is null ? "" : $"; it stands at {elsewhere}")
            );
        }
    }

    // A passage that slipped by some lines is found again, so that whoever mends it need not search.
    private LineRange? Elsewhere(int more, string fingerprint) =>
        Enumerable
            .Range(Document.Range.From, Document.Range.To - Document.Range.From + 1)
            .Where(from => Document.Passage(from, from + more)?.Fingerprint == fingerprint)
            .Select(from => new LineRange(from, from + more))
            .FirstOrDefault();

    private void CheckLeftOut()
    {
        var promises = Citations
            .Where(c => c.IsPromise)
            .Select(c => c.Stream.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var left in Registered.LeftOut ?? [])
        {
            if (Document.Passage(left.Lines.From, left.Lines.To) is null)
            {
                _faults.Add($"lines {left.Lines}: left out, but they carry no text");
            }

            if (left.Of is { } of && !promises.Contains(of))
            {
                _faults.Add(
                    $"lines {left.Lines}: a criterion of '{of}', which is no promise of this source"
                );
            }
        }
    }

    private ItemState StateOf(Block item)
    {
        var lines = Document
            .Lines.Where(l =>
                !l.IsEmpty && l.Number >= item.Lines.From && l.Number <= item.Lines.To
            )
            .Select(l => l.Number)
            .ToList();
        return lines.TrueForAll(_promises.ContainsKey) ? ItemState.Promise
            : lines.TrueForAll(_leftOut.Contains) ? ItemState.LeftOut
            : lines.TrueForAll(l => _promises.ContainsKey(l) || _leftOut.Contains(l))
                ? ItemState.Both
            : ItemState.Neither;
    }
}

/// <summary>What became of an item.</summary>
public sealed record ItemCheck(Block Item, ItemState State);

public enum ItemState
{
    /// <summary>Each of its lines belongs to a promise.</summary>
    Promise,

    /// <summary>All of it is left out with a reason.</summary>
    LeftOut,

    /// <summary>A part is a promise, the rest is left out with a reason.</summary>
    Both,

    /// <summary>A line of it is neither: a fault.</summary>
    Neither,
}
