using System.Globalization;

namespace Verify.Reporting;

/// <summary>One line on the terminal that says how far the check has come.</summary>
public sealed class ProgressBar(TextWriter to, string language, bool shown)
    : IProgress<Progress>,
        IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);
    private readonly Lock _turn = new();
    private long _last;
    private int _length;

    public void Report(Progress value)
    {
        lock (_turn)
        {
            if (
                !shown
                || (
                    _last != 0
                    && value.Done < value.Of
                    && TimeProvider.System.GetElapsedTime(_last) < s_rest
                )
            )
            {
                return;
            }

            _last = TimeProvider.System.GetTimestamp();
            var full = value.Of == 0 ? Width : (int)(value.Done * Width / value.Of);
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"[{new string('#', full)}{new string('.', Width - full)}] {value.Step.In(language)} {value.Done} / {value.Of}"
            );
            to.Write($"\r{line.PadRight(_length)}");
            _length = line.Length;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        lock (_turn)
        {
            if (_length > 0)
            {
                to.Write($"\r{new string(' ', _length)}\r");
                _length = 0;
            }
        }
    }

    public void Dispose() => Clear();
}
