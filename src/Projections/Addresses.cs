using System.Text.Json;
using Ledger.EventStore;

namespace Projections;

/// <summary>The part of a stream's name that stands in its public address: <c>promise:krefeld-x</c> is at <c>/krefeld/zusagen/x</c>.</summary>
public static class Addresses
{
    public static string Slug(StreamKey stream, string municipality) =>
        stream.Name.StartsWith($"{municipality}-", StringComparison.Ordinal)
            ? stream.Name[(municipality.Length + 1)..]
            : stream.Name;
}

/// <summary>Enum values as they stand on the wire and in read models: camelCase.</summary>
public static class EnumNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => Cache<T>.Names[value];

    public static T Parse<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);

    /// <summary>Reads a name exactly as it stands on the wire, from an address for instance.</summary>
    public static bool TryParse<T>(string? name, out T value)
        where T : struct, Enum
    {
        foreach (var (known, word) in Cache<T>.Names)
        {
            if (word == name)
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static class Cache<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names = Enum.GetValues<T>()
            .ToDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
    }
}
