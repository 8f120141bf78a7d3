using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Testing;

/// <summary>Invented facts of the invented town of Musterstadt, for tests and load. None of it is in the catalogue.</summary>
public static class Sample
{
    public const string Town = "musterstadt";

    public static StreamKey Stream(int n) => StreamKey.Promise($"{Town}-zusage-{n}");

    public static Evidence Evidence { get; } =
        new(
            "https://musterstadt.example/meldung",
            "Stadt Musterstadt (erfunden)",
            Edtf.Parse("2026-01-02")
        );

    public static Promised Promised(
        int n = 1,
        string? occurred = "2020",
        Deadline? deadline = null
    ) =>
        new()
        {
            Municipality = Town,
            Title = new Text($"Erfundene Zusage {n}", $"Invented promise {n}"),
            Summary = new Text(
                "Musterstadt will etwas Erfundenes tun.",
                "Musterstadt wants to do something invented."
            ),
            Proponents = ["Liste Muster"],
            Standing = Standing.Agreement,
            Kind = PromiseKind.New,
            Modality = Modality.Will,
            Topic = "klima",
            Chapter = "Erfundenes",
            Committees = [new Responsibility("umwelt", ResponsibilityBasis.Inferred)],
            Deadline = deadline ?? new Deadline(null, DeadlineBasis.None),
            Checkability = Checkability.High,
            Tier = Tier.Core,
            Occurred = occurred is null ? null : Edtf.Parse(occurred),
            OccurredBasis = occurred is null ? null : Ledger.Recording.OccurredBasis.Derived,
            SourceRef = new SourceRef(
                "musterstadt-vereinbarung-2020",
                new Locator(LocatorScheme.PhysicalLine, n, n),
                new string('0', 64)
            ),
        };

    /// <summary>Gives an event a day and evidence.</summary>
    public static T On<T>(this T e, string? occurred)
        where T : Event =>
        e with
        {
            Occurred = occurred is null ? null : Edtf.Parse(occurred),
            OccurredBasis = occurred is null ? null : Ledger.Recording.OccurredBasis.Event,
            Evidence = [Evidence],
            Summary = new Text("Etwas Erfundenes geschah.", "Something invented happened."),
        };
}
