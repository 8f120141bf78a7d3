using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Web.Api.Wire;

/// <summary>Where a reader is in a document, as a JSON Pointer (RFC 6901).</summary>
public sealed class JsonPath
{
    private readonly List<Level> _levels = [];

    /// <summary>Whether the token is an element of an array.</summary>
    public bool IsInArray => _levels.Count > 0 && _levels[^1].Name is null;

    /// <summary>Takes note of a token before it is looked at.</summary>
    public void Enter(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                _levels.RemoveAt(_levels.Count - 1);
                break;
            case JsonTokenType.PropertyName:
                _levels[^1] = new Level(reader.GetString(), 0);
                break;
            default:
                if (IsInArray)
                {
                    _levels[^1] = new Level(null, _levels[^1].Index + 1);
                }

                break;
        }
    }

    /// <summary>Takes note of a token after it was looked at.</summary>
    public void Leave(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            _levels.Add(new Level(null, -1));
        }
        else if (reader.TokenType is JsonTokenType.StartObject)
        {
            _levels.Add(new Level("", 0));
        }
    }

    public override string ToString()
    {
        var pointer = new StringBuilder();
        foreach (var level in _levels)
        {
            if (level.Name is { Length: > 0 } name)
            {
                pointer.Append('/').Append(Escaped(name));
            }
            else if (level.Name is null && level.Index >= 0)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"/{level.Index}");
            }
        }

        return pointer.ToString();
    }

    /// <summary>A name as a part of a pointer.</summary>
    public static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal);

    // Of an object: the property last met. Of an array (no name): the element last met.
    private readonly record struct Level(string? Name, int Index);
}
