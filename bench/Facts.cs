using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Bench;

/// <summary>Invented events of many types and the histories that they make.</summary>
internal static class Facts
{
    public static Decided Decided { get; } =
        new()
        {
            Body = "Rat der Stadt Musterstadt (erfunden)",
            Outcome = Outcome.Adopted,
            Votes = new Votes(31, 12, 2),
            Paper = "V/2021/0815",
        };

    public static Started Started { get; } = new();

    public static Progressed Progressed { get; } =
        new()
        {
            Measure = new Text("Der erste Abschnitt ist fertig.", "The first section is done."),
            Value = 12.50m,
            Unit = "Kilometer",
        };

    private static readonly Assigned s_assigned = new()
    {
        Committees =
        [
            new Responsibility("umwelt", ResponsibilityBasis.Named),
            new Responsibility("verkehr", ResponsibilityBasis.Inferred),
        ],
    };

    private static readonly Funded s_funded = new()
    {
        Amount = 250_000.00m,
        BudgetYears = [2021, 2022],
        Kind = FundingKind.Own,
        Funder = "Stadt Musterstadt (erfunden)",
    };

    private static readonly Delayed s_delayed = new()
    {
        From = Edtf.Parse("2023"),
        To = Edtf.Parse("2025"),
        Reason = new Text("Es fehlt an Leuten.", "There are too few people."),
    };

    private static readonly Checked s_checked = new()
    {
        Places = ["Ratsinformationssystem", "Haushaltsplan 2024"],
    };

    // How histories end, in turn, and the status that they must end in.
    private static readonly (Event Event, PromiseStatus Status)[] s_ends =
    [
        (new Completed { Extent = Extent.Whole }, PromiseStatus.Fulfilled),
        (new Completed { Extent = Extent.Partial }, PromiseStatus.PartlyFulfilled),
        (new Abandoned { Reason = AbandonmentReason.NoMoney }, PromiseStatus.Abandoned),
        (new Stalled { Reason = new Text("Es ruht.", "It rests.") }, PromiseStatus.Stalled),
        (new Reported(), PromiseStatus.Delayed),
    ];

    /// <summary>A number of ways in which histories end.</summary>
    public static int Ends => s_ends.Length;

    /// <summary>The status of the n-th promise after its whole history of ten.</summary>
    public static PromiseStatus StatusOf(int n) => s_ends[n % s_ends.Length].Status;

    /// <summary>The n-th promise's event at a place from 0 to 9; nine types in each history.</summary>
    public static Event At(int n, int place) =>
        place switch
        {
            0 => Sample.Promised(n),
            1 => s_assigned.On("2020-12"),
            2 => Decided.On("2021-03-04"),
            3 => s_funded.On("2021-12-09"),
            4 => Started.On("2022-05"),
            5 => Progressed.On("2022-21"),
            6 => new Reported().On("2022-11-30"),
            7 => s_delayed.On("2023-02"),
            8 => s_checked.On("2024-01-15"),
            9 => s_ends[n % s_ends.Length].Event.On("2024-08"),
            _ => throw new ArgumentOutOfRangeException(nameof(place)),
        };

    /// <summary>A history of any length for the n-th promise: its first event, then steps that may be repeated.</summary>
    public static IReadOnlyList<Event> History(int n, int length) =>
        [.. Enumerable.Range(0, length).Select(i => At(n, i == 0 ? 0 : 1 + ((i - 1) % 8)))];

    /// <summary>An append of one event.</summary>
    public static Append Next(int n, int place) => Append.To(Sample.Stream(n), place, At(n, place));
}
