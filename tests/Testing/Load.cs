using FsCheck;
using FsCheck.Fluent;

namespace Testing;

/// <summary>How much of a count that an issue states is run: a tenth, or all of it with <c>./ledger test --long</c>.</summary>
public static class Load
{
    /// <summary>Whether this is the long run.</summary>
    public static bool IsLong { get; } =
        Environment.GetEnvironmentVariable("LEDGER_TEST_LONG") == "1";

    /// <summary>The count, or a tenth of it.</summary>
    public static int Times(int count) => IsLong ? count : Math.Max(1, count / 10);

    /// <summary>
    /// How a law is tried: with that many cases in the long run, drawn anew each time, and with a tenth of them in the short one, always
    /// the same: what is found there was changed just now.
    /// </summary>
    public static Config Cases(int count)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Times(count));
        return IsLong ? config : config.WithReplay(2035, 60_001);
    }
}
