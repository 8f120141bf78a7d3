using System.Globalization;

namespace Ledger.Transparency;

/// <summary>A witness that is asked for cosignatures.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="Url">Its submission prefix.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, Uri? Url);

/// <summary>
/// Whose signatures make a checkpoint valid (C2SP tlog-policy): the log's own key, and as many witnesses as the operator's file says. The file
/// has the lines <c>witness</c>, <c>group</c> and <c>quorum</c>; the line of the log is ours.
/// </summary>
public sealed class LogPolicy
{
    private readonly IReadOnlyList<string> _lines;
    private readonly Dictionary<string, Func<IReadOnlySet<VerifierKey>, bool>> _members = new(
        StringComparer.Ordinal
    );

    private LogPolicy(IReadOnlyList<string> lines) => _lines = lines;

    /// <summary>No witness, quorum 0.</summary>
    public static LogPolicy None { get; } = Parse("quorum none\n");

    public IReadOnlyList<PolicyWitness> Witnesses { get; private set; } = [];

    /// <summary>What must have cosigned, by its name in the policy; <c>none</c> = nobody.</summary>
    public string Quorum { get; private set; } = "none";

    /// <summary>The policy of a folder.</summary>
    /// <exception cref="LogFaultException">The file is malformed.</exception>
    public static LogPolicy Read(LogFolder folder)
    {
        try
        {
            return File.Exists(folder.PolicyFile)
                ? Parse(File.ReadAllText(folder.PolicyFile))
                : None;
        }
        catch (FormatException e)
        {
            throw new LogFaultException($"{folder.PolicyFile}: {e.Message}", e);
        }
    }

    /// <summary>Reads a policy's lines.</summary>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public static LogPolicy Parse(string text)
    {
        List<string> lines = [];
        var policy = new LogPolicy(lines);
        var hasQuorum = false;
        foreach (var line in text.Split('\n').Select(l => l.Trim(' ', '\t')))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["witness", var name, var key]:
                    policy.AddWitness(name, key, null);
                    break;
                case ["witness", var name, var key, var url]:
                    policy.AddWitness(name, key, url);
                    break;
                case ["group", var name, var least, .. { Length: > 0 } members]:
                    policy.AddGroup(name, least, members);
                    break;
                case ["quorum", var name] when !hasQuorum:
                    hasQuorum = true;
                    policy.Quorum =
                        name == "none" || policy._members.ContainsKey(name)
                            ? name
                            : throw new FormatException($"The quorum '{name}' is not defined.");
                    break;
                default:
                    throw new FormatException($"The line '{line}' is no line of a policy here.");
            }

            lines.Add(line);
        }

        return hasQuorum
            ? policy
            : throw new FormatException("A policy has exactly one line 'quorum'.");
    }

    /// <summary>Whether a checkpoint's cosignatures are enough.</summary>
    public bool IsMetBy(SignedNote note) =>
        Quorum == "none"
        || _members[Quorum]
            (Witnesses.Select(w => w.Key).Where(k => note.By(k) is not null).ToHashSet());

    /// <summary>The whole policy as verifiers get it; keys that signed before stand in comments.</summary>
    public async Task<string> TextAsync(
        LogReader log,
        string origin,
        VerifierKey? key,
        CancellationToken cancellation = default
    )
    {
        var text = new System.Text.StringBuilder();
        foreach (var (old, size) in await log.KeysAsync(cancellation))
        {
            if (old != key?.ToString())
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"# signed checkpoints up to size {size}, and none since: {old}\n"
                );
            }
        }

        if ((await log.RotationsAsync(cancellation)).Count > 0)
        {
            text.Append("# the old key signed its successor: see rotations, beside this policy\n");
        }

        if (key is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"log {key} https://{origin}\n");
        }

        return text.AppendJoin('\n', _lines).Append('\n').ToString();
    }

    private void AddWitness(string name, string key, string? url)
    {
        var witness = new PolicyWitness(
            name,
            VerifierKey.Parse(key),
            url is null ? null
                : Uri.TryCreate(url, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https"
                    ? address
                : throw new FormatException($"'{url}' is no address of a witness.")
        );
        if (
            witness.Key.Algorithm != NoteAlgorithm.Cosignature
            || Witnesses.Any(w => w.Key.PublicKey.Span.SequenceEqual(witness.Key.PublicKey.Span))
        )
        {
            throw new FormatException(
                $"The key of the witness '{name}' is that of another one, or does not cosign."
            );
        }

        Define(name, keys => keys.Contains(witness.Key));
        Witnesses = [.. Witnesses, witness];
    }

    private void AddGroup(string name, string least, string[] members)
    {
        var count =
            least == "any" ? 1
            : least == "all" ? members.Length
            : int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var k) ? k
            : 0;
        if (count < 1 || count > members.Length)
        {
            throw new FormatException($"The group '{name}' asks for {least} of its members.");
        }

        var parts = members
            .Select(m =>
                _members.TryGetValue(m, out var member)
                    ? member
                    : throw new FormatException($"'{m}' in the group '{name}' is not defined.")
            )
            .ToList();
        Define(name, keys => parts.Count(p => p(keys)) >= count);
    }

    private void Define(string name, Func<IReadOnlySet<VerifierKey>, bool> isMet)
    {
        if (name == "none" || !_members.TryAdd(name, isMet))
        {
            throw new FormatException($"The name '{name}' is taken.");
        }
    }
}
