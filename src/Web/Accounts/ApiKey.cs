using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Web.Accounts;

/// <summary>A key as it is kept: everything but the secret.</summary>
/// <param name="Prefix">Its public part, by which it is named.</param>
/// <param name="Label">What its owner calls it.</param>
/// <param name="LastUsed">To the minute; null = never.</param>
public sealed record ApiKey(
    string Prefix,
    string Pseudonym,
    IReadOnlyList<Right> Scopes,
    string Label,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    DateTimeOffset? Revoked,
    DateTimeOffset? LastUsed
);

/// <summary>A key as its owner holds it: <c>zb_</c>, eight hexadecimal digits, <c>_</c>, a secret of 256 random bits.</summary>
public sealed record KeyText(string Prefix, string Secret)
{
    private const string Mark = "zb_";
    private const int PrefixLength = 8;
    private const int SecretLength = 43;

    private static readonly System.Buffers.SearchValues<char> s_digits =
        System.Buffers.SearchValues.Create("0123456789abcdef");

    public static KeyText New() =>
        new(
            RandomNumberGenerator.GetHexString(PrefixLength, lowercase: true),
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))
        );

    public static bool TryParse(string text, [NotNullWhen(true)] out KeyText? key)
    {
        key = null;
        if (
            text.Length != Mark.Length + PrefixLength + 1 + SecretLength
            || !text.StartsWith(Mark, StringComparison.Ordinal)
            || text[Mark.Length + PrefixLength] != '_'
            || text.AsSpan(Mark.Length, PrefixLength).ContainsAnyExcept(s_digits)
        )
        {
            return false;
        }

        key = new KeyText(
            text.Substring(Mark.Length, PrefixLength),
            text[(Mark.Length + PrefixLength + 1)..]
        );
        return true;
    }

    /// <summary>What is kept of the secret. It is random, so a plain digest is as good as a slow one.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    public override string ToString() => $"{Mark}{Prefix}_{Secret}";
}
