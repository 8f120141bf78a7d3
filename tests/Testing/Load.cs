namespace Testing;

/// <summary>How much a load test does: its full count with LEDGER_TEST_LONG=1, a tenth of it otherwise.</summary>
public static class Load
{
    public static bool Long { get; } =
        Environment.GetEnvironmentVariable("LEDGER_TEST_LONG") == "1";

    public static int Times(int full) => Long ? full : Math.Max(1, full / 10);
}
