using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;

namespace Web.Tests.Pages;

/// <summary>A target like the one of the 60 %, with invented values.</summary>
internal static class InventedTarget
{
    /// <summary>60 % less by 2025 against a year without a value.</summary>
    public static TargetSet Sixty() =>
        new()
        {
            Title = new Text("60 Prozent weniger", "60 per cent less"),
            Indicator = new Text("Emissionen gegenüber 1990"),
            Municipality = "krefeld",
            Direction = Direction.ReduceBy,
            Value = 60,
            Unit = "%",
            Base = new BaseValue(1990, null),
            Year = 2025,
        };

    /// <summary>What was measured for a year.</summary>
    public static Measured Measured(string year, decimal value, bool provisional = false) =>
        new()
        {
            Occurred = Edtf.Parse(year),
            OccurredBasis = OccurredBasis.Event,
            Period = Edtf.Parse(year),
            Value = value,
            Unit = "Mio. t CO2",
            Publisher = "Stadt Krefeld",
            Provisional = provisional,
        };

    /// <summary>A target of which these events are on record.</summary>
    public static Target A(params Event[] events) =>
        Target.From([
            .. events.Select(
                (e, i) =>
                    RecordedEvent.Of(
                        e,
                        StreamKey.Target("krefeld-x"),
                        i + 1,
                        new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
                        Guid.CreateVersion7()
                    ) with
                    {
                        Index = i,
                    }
            ),
        ]);
}
