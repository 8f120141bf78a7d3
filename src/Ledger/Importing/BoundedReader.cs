using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>How much one import may hold. Whoever has more sends several.</summary>
public static class ImportLimits
{
    public const int Rows = 100_000;

    /// <summary>Events of one stream: each is decided against all before it.</summary>
    public const int RowsOfOneStream = 2_000;

    /// <summary>Characters of one line; an event holds at most 48 kB.</summary>
    public const int Line = 256 * 1024;

    /// <summary>Characters of the whole.</summary>
    public const long Characters = 256L * 1024 * 1024;
}

/// <summary>A file is larger than an import may be. It was not read to its end.</summary>
public sealed class ImportTooLargeException(Decision.Refused refusal) : Exception(refusal.Reason.En)
{
    public Decision.Refused Refusal { get; } = refusal;
}

/// <summary>Reads text and stops where it grows beyond the limits, before it is kept in memory.</summary>
internal sealed class BoundedReader(TextReader inner) : TextReader
{
    private long _all;
    private int _line;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        var c = inner.Read();
        if (c >= 0)
        {
            Count((char)c);
        }

        return c;
    }

    public override int Read(char[] buffer, int index, int count) =>
        Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var read = inner.Read(buffer);
        foreach (var c in buffer[..read])
        {
            Count(c);
        }

        return read;
    }

    public override int ReadBlock(Span<char> buffer)
    {
        var read = 0;
        while (read < buffer.Length && Read(buffer[read..]) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }

    private void Count(char c)
    {
        _line = c == '\n' ? 0 : _line + 1;
        if (_line > ImportLimits.Line)
        {
            throw new ImportTooLargeException(Objections.LineTooLong.Refuse(ImportLimits.Line));
        }

        if (++_all > ImportLimits.Characters)
        {
            throw new ImportTooLargeException(
                Objections.FileTooLarge.Refuse(ImportLimits.Characters)
            );
        }
    }
}
