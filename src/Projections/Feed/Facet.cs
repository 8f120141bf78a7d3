using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Projections.Feed;

/// <summary>Something by which entries can be told apart. Values of one facet widen a filter, facets narrow it.</summary>
/// <param name="Name">As in addresses.</param>
/// <param name="Expects">What its values are, for refusals: "'topic' is …".</param>
/// <param name="Accepts">Whether a text can be a value.</param>
public sealed record Facet(string Name, string Expects, Func<string, bool> Accepts)
{
    /// <summary>The municipality that an entry belongs to: <c>krefeld</c>.</summary>
    public static Facet Municipality { get; } =
        new("municipality", "a municipality's name such as krefeld", v => StreamKey.IsName(v));

    /// <summary>
    /// A committee that answers for the promise, before or after the entry, or whose successor does: <c>krefeld/bau</c>.
    /// </summary>
    public static Facet Committee { get; } =
        new(
            "committee",
            "a municipality and a committee of it, such as krefeld/bau",
            v =>
                v.Split('/') is [var town, var slug]
                && StreamKey.IsName(town)
                && StreamKey.IsName(slug)
        );

    /// <summary>The promise that an entry is about or names: <c>krefeld-klimaneutral-2035</c>.</summary>
    public static Facet Promise { get; } =
        new(
            "promise",
            "a promise's id such as krefeld-klimaneutral-2035",
            v => StreamKey.IsName(v)
        );

    /// <summary>The target that an entry is about.</summary>
    public static Facet Target { get; } =
        new("target", "a target's id such as krefeld-klimaneutral-2035", v => StreamKey.IsName(v));

    /// <summary>The source document that an entry is about, or in which its passage stands.</summary>
    public static Facet Source { get; } = new("source", "a source's id", v => StreamKey.IsName(v));

    /// <summary>The promise's topic, before or after the entry: <c>klima</c>.</summary>
    public static Facet Topic { get; } =
        new("topic", $"one of {List(Topics.All.Keys)}", Topics.All.ContainsKey);

    /// <summary>Who promised, in the words of the source; case does not matter.</summary>
    public static Facet Proponent { get; } =
        new(
            "proponent",
            "a party, group or administration, at most 200 characters",
            v => v.Length <= 200
        );

    /// <summary>The event's type, as the API names it: <c>fundingWithdrawn</c>.</summary>
    public static Facet Type { get; } =
        new(
            "type",
            $"one of {List(Vocabulary.All.Select(t => t.ApiName))}",
            v => Vocabulary.FindApi(v) is not null
        );

    /// <summary>A status that the entry ended or began, or <c>changed</c> for whatever changed a status.</summary>
    public static Facet Status { get; } =
        new(
            "status",
            $"changed or one of {List(Enum.GetValues<PromiseStatus>().Select(EnumNames.Of))}",
            v => v == Changed || EnumNames.TryParse<PromiseStatus>(v, out _)
        );

    /// <summary><c>only</c>: corrections, retractions, erasures and withholdings of earlier entries.</summary>
    public static Facet Corrections { get; } = new("corrections", "only", v => v == Only);

    /// <summary>Value of <see cref="Status"/>: any change.</summary>
    public const string Changed = "changed";

    /// <summary>The one value of <see cref="Corrections"/>.</summary>
    public const string Only = "only";

    /// <summary>All facets, in the order in which addresses name them.</summary>
    public static IReadOnlyList<Facet> All { get; } =
    [Municipality, Committee, Promise, Target, Source, Topic, Proponent, Type, Status, Corrections];

    /// <summary>What a row carries so that it is found by this value.</summary>
    public string Mark(string value) =>
        $"{Name}:{(Name == "proponent" ? value.ToLowerInvariant() : value)}";

    public bool Equals(Facet? other) => other?.Name == Name;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    private static string List(IEnumerable<string> values) =>
        string.Join(", ", values.Order(StringComparer.Ordinal));
}
