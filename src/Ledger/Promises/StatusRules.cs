using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>How an event moves the status at its place on the occurred axis.</summary>
public enum Effect
{
    /// <summary>The promise begins. What was merely reported or looked for before it is no news of it; work or money before it is.</summary>
    Begin,

    /// <summary>Nothing, whatever its scope and confidence.</summary>
    None,

    /// <summary><c>noEvidence</c> if nobody had looked.</summary>
    Look,

    /// <summary><c>reported</c> if the status is below it.</summary>
    Report,

    /// <summary>The rule's status if the present one is below it.</summary>
    Raise,

    /// <summary>The rule's status, unless a part is fulfilled already.</summary>
    Work,

    /// <summary>The rule's status if the present one is below it; money can be withdrawn again.</summary>
    Fund,

    /// <summary>What stood before money was granted.</summary>
    Withdraw,

    /// <summary>The rule's status, whatever stood before.</summary>
    Turn,

    /// <summary>The rule's status, until it is resumed.</summary>
    Rest,

    /// <summary>What stood before the rest.</summary>
    GoOn,

    /// <summary>The rule's status, for good.</summary>
    End,

    /// <summary>What stood before the end.</summary>
    Reopen,
}

/// <summary>When an event is refused at its place on the occurred axis.</summary>
public enum Bar
{
    PromisedAlready,
    BeforePromise,
    PartEndsWhole,
    PartCompletesWhole,
    Final,
    NotFinal,
    NothingFunded,
    NotResting,
}

/// <summary>One row of the status table.</summary>
/// <param name="Event">The type of event.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Status">The status it leads to, where the effect does not say.</param>
/// <param name="Case">In which case of the type; null = always.</param>
/// <param name="Bars">When it is refused.</param>
public sealed record StatusRule(
    Type Event,
    Effect Effect,
    PromiseStatus? Status,
    StatusCase? Case,
    IReadOnlyList<Bar> Bars
)
{
    /// <summary>Whether doubt matters: an event of scope part or context or of low confidence then does no more than report.</summary>
    public bool NeedsCertainty => Effect is not (Effect.Begin or Effect.None or Effect.Look);

    /// <summary>What it leads to, in words.</summary>
    public Text Leads
    {
        get
        {
            var word = Status?.Word() ?? new Text("");
            return Effect switch
            {
                Effect.Begin => new(
                    "keine Änderung; was davor nur berichtet oder gesucht wurde, bewegt den Stand nicht",
                    "no change; what was only reported or looked for before it does not move the status"
                ),
                Effect.None => new("keine Änderung", "no change"),
                Effect.Look => IfBelow(PromiseStatus.NoEvidence.Word()),
                Effect.Report => IfBelow(PromiseStatus.Reported.Word()),
                Effect.Raise or Effect.Fund => IfBelow(word),
                Effect.Work => new(
                    $"„{word.De}“, solange kein Teil erfüllt ist",
                    $"{word.En}, unless a part is fulfilled already"
                ),
                Effect.Withdraw => new(
                    "zurück zum Stand vor der Finanzierung, wenn kein Geld mehr bewilligt ist",
                    "back to what stood before the funding, once no granted money is left"
                ),
                Effect.Turn or Effect.Rest => new($"„{word.De}“", word.En),
                Effect.GoOn => new(
                    "zurück zum Stand vor dem Ruhen",
                    "back to what stood before the rest"
                ),
                Effect.End => new($"„{word.De}“ (Endstand)", $"{word.En} (final)"),
                Effect.Reopen => new(
                    "zurück zum Stand vor dem Endstand",
                    "back to what stood before the end"
                ),
                _ => throw new InvalidOperationException($"The effect {Effect} has no words."),
            };
        }
    }

    private static Text IfBelow(Text word) =>
        new($"„{word.De}“, wenn der Stand darunter liegt", $"{word.En}, if the status is below it");
}

/// <summary>A case of an event type that the table tells apart.</summary>
/// <param name="Name">For the fingerprint of the rules.</param>
/// <param name="Word">For readers.</param>
/// <param name="Holds">Whether an event is such a case.</param>
public sealed record StatusCase(string Name, Text Word, Func<Event, bool> Holds);

/// <summary>
/// The status table: the one source of the fold, of docs/method.md and of the page /methodik. An event is judged by the
/// first row of its type whose case it is.
/// </summary>
public static class StatusRules
{
    /// <summary>
    /// The version of the table. Whoever changes a row raises it: the record then says from when on the new rules hold
    /// (<see cref="Ledger.Method.MethodRevised"/>).
    /// </summary>
    public const int Version = 2;

    private static readonly StatusCase s_adopted = new(
        "adopted",
        new Text("angenommen", "adopted"),
        e => e is Decided { Outcome: Outcome.Adopted }
    );

    private static readonly StatusCase s_notAdopted = new(
        "notAdopted",
        new Text("abgelehnt, vertagt oder zur Kenntnis genommen", "rejected, deferred or noted"),
        e => e is Decided { Outcome: not Outcome.Adopted }
    );

    private static readonly StatusCase s_partial = new(
        "partial",
        new Text("teilweise", "partial"),
        e => e is Completed { Extent: Extent.Partial }
    );

    private static readonly StatusCase s_whole = new(
        "whole",
        new Text("ganz", "whole"),
        e => e is Completed { Extent: Extent.Whole }
    );

    /// <summary>The rows, in the order in which the method page shows them.</summary>
    public static IReadOnlyList<StatusRule> All { get; } =
    [
        Row<Promised>(Effect.Begin, bars: [Bar.PromisedAlready]),
        Row<Assigned>(Effect.None, bars: [Bar.BeforePromise]),
        Row<Linked>(Effect.None, bars: [Bar.BeforePromise]),
        Row<Stated>(Effect.None, bars: [Bar.BeforePromise]),
        Row<Revised>(Effect.None, bars: [Bar.BeforePromise]),
        Row<Checked>(Effect.Look),
        Row<Reported>(Effect.Report),
        Row<Assessed>(Effect.Report),
        Row<Decided>(Effect.Raise, PromiseStatus.Decided, s_adopted, Bar.Final),
        Row<Decided>(Effect.Report, null, s_notAdopted, Bar.Final),
        Row<Funded>(Effect.Fund, PromiseStatus.Funded, null, Bar.Final),
        Row<FundingWithdrawn>(Effect.Withdraw, null, null, Bar.Final, Bar.NothingFunded),
        Row<Started>(Effect.Work, PromiseStatus.Started, null, Bar.Final),
        Row<Progressed>(Effect.Work, PromiseStatus.Started, null, Bar.Final),
        Row<Delayed>(Effect.Turn, PromiseStatus.Delayed, null, Bar.Final),
        Row<Stalled>(Effect.Rest, PromiseStatus.Stalled, null, Bar.Final),
        Row<Resumed>(Effect.GoOn, null, null, Bar.Final, Bar.NotResting),
        Row<Completed>(Effect.Raise, PromiseStatus.PartlyFulfilled, s_partial, Bar.Final),
        Row<Completed>(
            Effect.End,
            PromiseStatus.Fulfilled,
            s_whole,
            Bar.PartCompletesWhole,
            Bar.Final
        ),
        Row<Abandoned>(Effect.End, PromiseStatus.Abandoned, null, Bar.PartEndsWhole, Bar.Final),
        Row<Superseded>(Effect.End, PromiseStatus.Superseded, null, Bar.PartEndsWhole, Bar.Final),
        Row<Reopened>(Effect.Reopen, null, null, Bar.NotFinal),
    ];

    private static readonly FrozenDictionary<Type, StatusRule[]> s_byEvent = All.GroupBy(r =>
            r.Event
        )
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>SHA-256 of the rows without their words: what a status follows from.</summary>
    public static string Fingerprint { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        All.Select(r =>
                            $"{r.Event.Name}|{r.Case?.Name}|{r.Effect}|{r.Status}|{string.Join(',', r.Bars)}"
                        )
                    )
                )
            )
        );

    /// <summary>The row for an event; null when the table knows nothing of its type.</summary>
    public static StatusRule? For(Event e)
    {
        if (!s_byEvent.TryGetValue(e.GetType(), out var rules))
        {
            return null;
        }

        foreach (var rule in rules)
        {
            if (rule.Case is null || rule.Case.Holds(e))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>The sentence of a bar.</summary>
    public static Objection Objection(this Bar bar) =>
        bar switch
        {
            Bar.PromisedAlready => Objections.PromisedAlready,
            Bar.BeforePromise => Objections.BeforePromise,
            Bar.PartEndsWhole => Objections.PartEndsWhole,
            Bar.PartCompletesWhole => Objections.PartCompletesWhole,
            Bar.Final => Objections.Final,
            Bar.NotFinal => Objections.NotFinal,
            Bar.NothingFunded => Objections.NothingFunded,
            Bar.NotResting => Objections.NotResting,
            _ => throw new ArgumentOutOfRangeException(nameof(bar)),
        };

    /// <summary>When it bars, in a few words for the table.</summary>
    public static Text Word(this Bar bar) =>
        bar switch
        {
            Bar.PromisedAlready => new("schon zugesagt", "promised already"),
            Bar.BeforePromise => new("vor der Zusage", "before the promise"),
            Bar.PartEndsWhole => new("nur ein Teil", "only a part"),
            Bar.PartCompletesWhole => new("nur ein Teilschritt", "only a part step"),
            Bar.Final => new("Endstand", "final"),
            Bar.NotFinal => new("kein Endstand", "not final"),
            Bar.NothingFunded => new("nichts finanziert", "nothing funded"),
            Bar.NotResting => new("ruht nicht", "not stalled"),
            _ => throw new ArgumentOutOfRangeException(nameof(bar)),
        };

    private static StatusRule Row<T>(
        Effect effect,
        PromiseStatus? status = null,
        StatusCase? @case = null,
        params IReadOnlyList<Bar> bars
    )
        where T : Event => new(typeof(T), effect, status, @case, bars);
}
