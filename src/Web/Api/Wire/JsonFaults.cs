using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.Recording;
using Web.Api.Problems;

namespace Web.Api.Wire;

/// <summary>Says what is wrong with a body where, in words of the API: the serializer's own name types of the program.</summary>
public static partial class JsonFaults
{
    public static IEnumerable<BodyFault> Of(JsonException e)
    {
        var pointer = Pointer(e.Path);
        var message = e.Message.Split(" Path: ")[0];
        if (Missing().Match(message) is { Success: true } missing)
        {
            return Quoted()
                .Matches(missing.Groups["names"].Value)
                .Select(m => new BodyFault(
                    $"{pointer}/{JsonPath.Escaped(m.Groups["name"].Value)}",
                    "This field is missing."
                ));
        }

        if (Unknown().Match(message) is { Success: true } unknown)
        {
            var name = JsonPath.Escaped(unknown.Groups["name"].Value);
            return
            [
                new BodyFault(
                    pointer.EndsWith($"/{name}", StringComparison.Ordinal)
                        ? pointer
                        : $"{pointer}/{name}",
                    "This field is unknown here."
                ),
            ];
        }

        return [new BodyFault(pointer, Sentence(message))];
    }

    private static string Sentence(string message)
    {
        if (Converted().Match(message) is { Success: true } converted)
        {
            return Expected(converted.Groups["type"].Value);
        }

        return message switch
        {
            _ when message.Contains("set null values", StringComparison.Ordinal)
                    || message.Contains("null value", StringComparison.OrdinalIgnoreCase) =>
                "This must not be null.",
            _ when message.Contains("uplicate", StringComparison.Ordinal) =>
                "This field stands there twice.",
            _ when message.Contains("discriminator", StringComparison.Ordinal) =>
                $"There is no event of that '{ApiJson.Discriminator}'.",
            _ when message.Contains("System.", StringComparison.Ordinal)
                    || message.Contains("Ledger.", StringComparison.Ordinal)
                    || message.Contains("Web.", StringComparison.Ordinal) =>
                "This value has the wrong form.",
            _ => message,
        };
    }

    private static string Expected(string type)
    {
        var name = Nullable().Match(type) is { Success: true } nullable
            ? nullable.Groups["type"].Value
            : type;
        if (typeof(Event).Assembly.GetType(name) is { IsEnum: true } words)
        {
            return $"This is one of {string.Join(", ", Enum.GetNames(words).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";
        }

        return name switch
        {
            "System.String" => "This is a text.",
            "System.Boolean" => "This is true or false.",
            "System.Int32" or "System.Int64" => "This is a whole number.",
            "System.Guid" => "This is a UUID.",
            _ when name.Contains("List", StringComparison.Ordinal)
                    || name.EndsWith("[]", StringComparison.Ordinal) => "This is a list.",
            _ => "This is an object with fields of its own.",
        };
    }

    // The serializer writes $.evidence[0].url and $['odd name'].
    private static string Pointer(string? path)
    {
        var pointer = new StringBuilder();
        foreach (Match part in Parts().Matches(path ?? ""))
        {
            var name =
                part.Groups["odd"].Success ? part.Groups["odd"].Value
                : part.Groups["index"].Success ? part.Groups["index"].Value
                : part.Groups["name"].Value;
            pointer.Append('/').Append(JsonPath.Escaped(name));
        }

        return pointer.ToString();
    }

    [GeneratedRegex(
        @"missing required properties.*?including:\s*(?<names>.*)",
        RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<name>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.None, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"could not be converted to (?<type>.+?)\.?$", RegexOptions.None, 1000)]
    private static partial Regex Converted();

    [GeneratedRegex(@"^System\.Nullable`1\[\[?(?<type>[^,\]]+)", RegexOptions.None, 1000)]
    private static partial Regex Nullable();

    [GeneratedRegex(
        @"\['(?<odd>.*?)'\]|\[(?<index>\d+)\]|\.(?<name>[^.\[]+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Parts();
}
