using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Recording;

/// <summary>A personal value beside its event: erasing this row erases the value, and the event stays as it was signed.</summary>
/// <param name="Salt">128 random bits, base64url: without it the value cannot be guessed from the digest.</param>
/// <param name="Name">The field: <c>name</c> or <c>text</c>.</param>
/// <param name="Value">What it says.</param>
public sealed record Disclosure(string Salt, string Name, string Value)
{
    /// <summary>The disclosure's JSON array in base64url (RFC 9901, section 4.2.1).</summary>
    public string Encoded =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($"[{Quoted(Salt)},{Quoted(Name)},{Quoted(Value)}]")
        );

    /// <summary>Its digest as it stands in the event's data (RFC 9901, section 4.2.3).</summary>
    public string Digest => DigestOf(Encoded);

    /// <summary>SHA-256 over the ASCII bytes of an encoded disclosure, in base64url.</summary>
    public static string DigestOf(string encoded) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(encoded)));

    // A string of RFC 8785: anybody who has salt, name and value computes the same bytes.
    private static string Quoted(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\t' => json.Append("\\t"),
                '\n' => json.Append("\\n"),
                '\f' => json.Append("\\f"),
                '\r' => json.Append("\\r"),
                < ' ' => json.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"\\u{(int)c:x4}"
                ),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }
}

/// <summary>Personal values: taken out of what is recorded, and put back for those who read while they are not erased.</summary>
public static class Disclosures
{
    private static readonly string s_stated = Vocabulary.OfRecord(typeof(Stated)).Name;

    /// <summary>The hash function's name in the data.</summary>
    public const string Algorithm = "sha-256";

    /// <summary>What a reader sees in place of a value that was erased.</summary>
    public static Text Erased { get; } = new("gelöscht", "erased");

    /// <summary>The fields that are never recorded as they are.</summary>
    public static IReadOnlyList<string> PersonalFields { get; } = ["name", "text"];

    /// <summary>An event as it is recorded, and what is kept beside it.</summary>
    public static (Event Body, IReadOnlyList<Disclosure> Beside) Conceal(Event body) =>
        Conceal(body, () => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The same with given salts; pure.</summary>
    public static (Event Body, IReadOnlyList<Disclosure> Beside) Conceal(
        Event body,
        Func<string> salt
    )
    {
        if (body is not Stated { Digests: null } said)
        {
            return (body, []);
        }

        List<Disclosure> beside = [];
        if (said.Name is { } name)
        {
            beside.Add(new Disclosure(salt(), "name", name));
        }

        if (said.Text is { } text)
        {
            beside.Add(new Disclosure(salt(), "text", text));
        }

        var concealed = said with
        {
            Name = null,
            Text = null,
            Digests = [.. beside.Select(d => d.Digest).Order(StringComparer.Ordinal)],
            DigestAlgorithm = Algorithm,
        };
        return (concealed, beside);
    }

    /// <summary>An event with those of its personal values that are given and are its own; the rest stays null.</summary>
    public static Event Reveal(Event body, IEnumerable<Disclosure> beside)
    {
        if (body is not Stated { Digests: not null } said)
        {
            return body;
        }

        var own = Own(body, beside).ToDictionary(d => d.Name, d => d.Value);
        return said with
        {
            Name = own.GetValueOrDefault("name"),
            Text = own.GetValueOrDefault("text"),
        };
    }

    /// <summary>Those of the given values that an event's digests commit to.</summary>
    public static IEnumerable<Disclosure> Own(Event body, IEnumerable<Disclosure> beside) =>
        body is Stated { Digests: { } digests }
            ? beside
                .Where(d => digests.Contains(d.Digest))
                .OrderBy(d => d.Name, StringComparer.Ordinal)
            : [];

    /// <summary>What is disclosed of some events, by event id. No round trip when none of them holds anything personal.</summary>
    public static async Task<ILookup<Guid, Disclosure>> ReadAsync(
        NpgsqlDataSource database,
        IEnumerable<RecordedEvent> events,
        CancellationToken cancellation = default
    )
    {
        List<(Guid Event, Disclosure Disclosure)> found = [];
        var ids = events.Where(e => e.Type == s_stated).Select(e => e.Id).ToArray();
        if (ids.Length > 0)
        {
            await using var command = database.CreateCommand(
                "select event_id, salt, name, value from ledger.disclosure where event_id = any ($1)"
            );
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    Value = ids,
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
                }
            );
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                found.Add(
                    (
                        reader.GetGuid(0),
                        new Disclosure(
                            reader.GetString(1),
                            reader.GetString(2),
                            reader.GetString(3)
                        )
                    )
                );
            }
        }

        return found.ToLookup(f => f.Event, f => f.Disclosure);
    }
}
