using System.Globalization;

namespace Web.Hosting;

/// <summary>Tells a person at a terminal what takes time. Says nothing twice; on a terminal a count is rewritten in place.</summary>
public sealed class Progress(TextWriter output, bool inPlace)
{
    private string _last = "";
    private int _lastPercent;

    /// <summary>On standard error, so that what a verb answers can be piped.</summary>
    public static Progress OnConsole() => new(Console.Error, !Console.IsErrorRedirected);

    /// <summary>One that says nothing.</summary>
    public static Progress Silent { get; } = new(TextWriter.Null, false);

    /// <summary>A new step began.</summary>
    public void Step(string what)
    {
        EndLine();
        output.WriteLine($"{what} …");
    }

    /// <summary>How far a step has come.</summary>
    public void Count(string what, long done, long of)
    {
        var percent = of == 0 ? 100 : (int)(done * 100 / of);
        if (what == _last && percent == _lastPercent)
        {
            return;
        }

        if (what != _last)
        {
            EndLine();
        }
        else if (!inPlace && percent < 100)
        {
            return;
        }

        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {done:N0} of {of:N0} ({percent} %)"
        );
        if (inPlace)
        {
            output.Write($"\r{line}");
        }
        else if (percent == 100)
        {
            output.WriteLine(line);
        }

        (_last, _lastPercent) = (what, percent);
    }

    private void EndLine()
    {
        if (inPlace && _last.Length > 0)
        {
            output.WriteLine();
        }

        (_last, _lastPercent) = ("", -1);
    }
}
