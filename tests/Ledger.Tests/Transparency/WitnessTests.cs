using Ledger.Transparency;

namespace Ledger.Tests.Transparency;

/// <summary>A witness cosigns what continues the log that it saw, and nothing else (C2SP tlog-witness).</summary>
public sealed class WitnessTests : IDisposable
{
    private const string Origin = "zusagen.example/log";

    private readonly string _folder = Directory
        .CreateTempSubdirectory("zusagenbuch-witness-")
        .FullName;
    private readonly SigningKey _log = SigningKey.Generate(Origin);
    private readonly SigningKey _key = SigningKey.Generate(
        "witness.example/w1",
        NoteAlgorithm.Cosignature
    );

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_cosigns_a_first_checkpoint_and_what_continues_it()
    {
        var three = Note(3);

        var first = Ask(0, [], three);
        first.Status.ShouldBe(200);
        var line = NoteSignature.Parse(first.Body.TrimEnd('\n'));
        line.IsBy(_key.Verifier, three.Text).ShouldBeTrue();
        three.With([line]).By(_key.Verifier).ShouldNotBeNull();

        Ask(3, Consistency(3, 7), Note(7)).Status.ShouldBe(200);
        Ask(7, [], Note(7)).Status.ShouldBe(200);
    }

    [Fact]
    public void It_tells_its_size_to_who_does_not_know_it_and_remembers_over_a_restart()
    {
        Ask(0, [], Note(3)).Status.ShouldBe(200);

        var answer = NewWitness().Add(new AddCheckpoint(0, [], Note(7)).ToString());
        answer.ShouldBe(new WitnessAnswer(409, "text/x.tlog.size", "3\n"));
    }

    [Fact]
    public void It_refuses_a_rewritten_history()
    {
        Ask(0, [], Note(3)).Status.ShouldBe(200);

        Ask(3, Consistency(3, 7, "other"), Note(7, "other")).Status.ShouldBe(422);
        Ask(3, [], Note(7)).Status.ShouldBe(422);
        Ask(3, [], Note(3, "other")).Status.ShouldBe(409);
        Ask(3, Consistency(3, 7), Note(7)).Status.ShouldBe(200);
    }

    [Fact]
    public void It_never_goes_back()
    {
        Ask(0, [], Note(7)).Status.ShouldBe(200);
        Ask(3, [], Note(3)).Body.ShouldBe("7\n");
        Ask(7, [], Note(3)).Status.ShouldBe(400);
    }

    [Fact]
    public void Of_two_views_only_one_is_cosigned()
    {
        Ask(0, [], Note(3)).Status.ShouldBe(200);
        var statuses = new System.Collections.Concurrent.ConcurrentBag<int>();
        var witness = NewWitness();
        Parallel.For(
            0,
            8,
            n =>
                statuses.Add(
                    witness
                        .Add(
                            n % 2 == 0
                                ? new AddCheckpoint(3, Consistency(3, 7), Note(7)).ToString()
                                : new AddCheckpoint(3, Consistency(3, 8), Note(8)).ToString()
                        )
                        .Status
                )
        );
        statuses.Count(s => s == 200).ShouldBe(1);
        statuses.Count(s => s == 409).ShouldBe(7);
    }

    [Fact]
    public void It_says_why_it_does_not_sign()
    {
        Ask(0, [], Note(3, key: SigningKey.Generate(Origin))).Status.ShouldBe(403);
        Ask(0, [], Note(3, key: SigningKey.Generate("andere.example/log"))).Status.ShouldBe(404);
        Ask(4, [], Note(3)).Status.ShouldBe(400);
        Ask(0, [new byte[32]], Note(3)).Status.ShouldBe(400);
        foreach (
            var body in (string[])
                [
                    "",
                    "old 0\n",
                    $"old 00\n\n{Note(3)}",
                    $"old -1\n\n{Note(3)}",
                    $"new 0\n\n{Note(3)}",
                    $"old 0\nAAAA\n\n{Note(3)}",
                    $"old 0\n{string.Concat(Enumerable.Repeat(Convert.ToBase64String(new byte[32]) + "\n", 64))}\n{Note(3)}",
                    "old 0\n\nno note\n",
                ]
        )
        {
            NewWitness().Add(body).Status.ShouldBe(400, body);
        }
    }

    [Fact]
    public void A_policy_is_met_by_its_quorum_and_nothing_less()
    {
        var others = Enumerable
            .Range(0, 3)
            .Select(n => SigningKey.Generate($"w{n}.example", NoteAlgorithm.Cosignature))
            .ToList();
        var policy = LogPolicy.Parse(
            $"""
            # three witnesses, two of which are enough
            witness A {others[0].Verifier} http://127.0.0.1:1/
            witness B {others[1].Verifier}
            witness C {others[2].Verifier}
            group X 2 A B C
            quorum X
            """
        );
        policy.Witnesses.Count.ShouldBe(3);
        var note = Note(3);
        policy.IsMetBy(note).ShouldBeFalse();
        var one = note.With([others[0].Cosign(note.Text, DateTimeOffset.UnixEpoch)]);
        policy.IsMetBy(one).ShouldBeFalse();
        policy
            .IsMetBy(one.With([others[0].Cosign(note.Text, DateTimeOffset.UnixEpoch.AddDays(1))]))
            .ShouldBeFalse();
        policy
            .IsMetBy(one.With([others[2].Cosign(note.Text, DateTimeOffset.UnixEpoch)]))
            .ShouldBeTrue();
        policy
            .IsMetBy(one.With([others[2].Cosign(Note(4).Text, DateTimeOffset.UnixEpoch)]))
            .ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("quorum X")]
    [InlineData("quorum none\nquorum none")]
    [InlineData("group X any A\nquorum X")]
    [InlineData("witness none {key}\nquorum none")]
    [InlineData("witness A {key}\nwitness B {key}\nquorum A")]
    [InlineData("witness A {key}\ngroup X 2 A\nquorum X")]
    [InlineData("witness A {key}\ngroup X 0 A\nquorum X")]
    [InlineData("witness A {log}\nquorum A")]
    [InlineData("witness A {key} ftp://x\nquorum A")]
    [InlineData("log {log}\nquorum none")]
    public void A_malformed_policy_is_refused(string policy) =>
        Should.Throw<FormatException>(() =>
            LogPolicy.Parse(
                policy
                    .Replace("{key}", _key.Verifier.ToString(), StringComparison.Ordinal)
                    .Replace("{log}", _log.Verifier.ToString(), StringComparison.Ordinal)
            )
        );

    private Witness NewWitness() => new(_key, [_log.Verifier], _folder, TimeProvider.System);

    private WitnessAnswer Ask(long old, IReadOnlyList<byte[]> proof, SignedNote note) =>
        NewWitness().Add(new AddCheckpoint(old, proof, note).ToString());

    private SignedNote Note(int size, string history = "one", SigningKey? key = null)
    {
        key ??= _log;
        return new Checkpoint(key.Verifier.Name, size, Root(0, size, history)).Sign(key);
    }

    private static List<byte[]> Consistency(int old, int size, string history = "one") =>
        [.. Proofs.ProveTree(old, size).Select(r => Root((int)r.From, (int)r.To, history))];

    private static byte[] Root(int from, int to, string history)
    {
        var tree = new Tree();
        for (var i = from; i < to; i++)
        {
            tree.Add(Rfc6962.LeafHash(System.Text.Encoding.UTF8.GetBytes($"{history} {i}")));
        }

        return tree.Root();
    }
}
