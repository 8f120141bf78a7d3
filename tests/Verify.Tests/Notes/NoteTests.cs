using System.Text;
using Verify.Notes;
using Verify.Tests.Log;

namespace Verify.Tests.Notes;

/// <summary>Against notes that others signed.</summary>
public sealed class NoteTests
{
    // The example of Go's golang.org/x/mod/sumdb/note.
    private const string PeterKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterNote =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    // The example of c2sp.org/tlog-checkpoint.
    private const string Checkpoint =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    [Fact]
    public void A_note_of_Gos_package_is_opened_and_one_changed_letter_is_not()
    {
        VerifierKey.TryParse(PeterKey, out var key).ShouldBeTrue();
        Open(PeterNote).StateOf(key!).ShouldBe(SignatureState.Valid);
        Open(PeterNote.Replace("think", "thinc", StringComparison.Ordinal))
            .StateOf(key!)
            .ShouldBe(SignatureState.Forged);
    }

    [Fact]
    public void The_checkpoint_of_the_specification_is_read()
    {
        Verify
            .Notes.Checkpoint.TryParse(Encoding.UTF8.GetBytes(Checkpoint), out var read)
            .ShouldBeTrue();
        (read!.Origin, read.Size).ShouldBe(("example.com/behind-the-sofa", 20852163));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("++")]
    public void A_key_with_a_slip_of_the_pen_is_none(string key) =>
        VerifierKey.TryParse(key, out _).ShouldBeFalse();

    [Fact]
    public void A_cosignature_counts_with_its_own_time_only()
    {
        var witness = Signer.Witness();
        VerifierKey.TryParse(witness.VerifierKey, out var key).ShouldBeTrue();
        var body = Checkpoint[..(Checkpoint.IndexOf("\n\n", StringComparison.Ordinal) + 1)];
        var line = witness.Line(body, DateTimeOffset.FromUnixTimeSeconds(1_679_315_147));
        Open($"{body}\n{line}").CosignedAt(key!)!.Value.ToUnixTimeSeconds().ShouldBe(1_679_315_147);

        // The same signature with one second more.
        var bytes = Convert.FromBase64String(line.Split(' ')[2].Trim());
        bytes[11]++;
        Open($"{body}\n— {witness.Name} {Convert.ToBase64String(bytes)}\n")
            .CosignedAt(key!)
            .ShouldBeNull();
    }

    private static SignedNote Open(string text)
    {
        SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note).ShouldBeTrue();
        return note!;
    }
}
