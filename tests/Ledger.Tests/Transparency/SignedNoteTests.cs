using System.Text;
using Ledger.Transparency;

namespace Ledger.Tests.Transparency;

/// <summary>Signed notes, keys and cosignatures, by the examples of RFC 8032, of Go's sumdb/note and of C2SP.</summary>
public sealed class SignedNoteTests
{
    private const string PrivateKey =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string PublicKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Signature =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string OtherSignature =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    // RFC 8032, section 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )]
    public void Ed25519_signs_as_RFC_8032(string seed, string key, string message, string signature)
    {
        var (s, k, m, sig) = (Hex(seed), Hex(key), Hex(message), Hex(signature));

        Ed25519.PublicKey(s).ShouldBe(k);
        Ed25519.Sign(s, m).ShouldBe(sig);
        Ed25519.Verify(k, m, sig).ShouldBeTrue();
        Ed25519.Verify(k, [.. m, 0], sig).ShouldBeFalse();
        sig[63] ^= 1;
        Ed25519.Verify(k, m, sig).ShouldBeFalse();
        Ed25519.Verify(k, m, sig.AsSpan(0, 63)).ShouldBeFalse();
        Ed25519.Verify(k.AsSpan(0, 31), m, sig).ShouldBeFalse();
    }

    [Fact]
    public void Gos_example_is_signed_byte_for_byte()
    {
        var key = SigningKey.Parse(PrivateKey);

        key.Verifier.ToString().ShouldBe(PublicKey);
        key.Export().ShouldBe(PrivateKey);
        new SignedNote(Text, [key.Sign(Text)]).ToString().ShouldBe($"{Text}\n{Signature}");
    }

    [Fact]
    public void Gos_example_verifies_and_signatures_of_unknown_keys_are_passed_over()
    {
        var note = SignedNote.Parse($"{Text}\n{Signature}{OtherSignature}");

        note.By(VerifierKey.Parse(PublicKey)).ShouldNotBeNull();
        note.By(
                VerifierKey.Parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
            )
            .ShouldNotBeNull();
        note.By(SigningKey.Generate("PeterNeumann").Verifier).ShouldBeNull();
        (note with { Text = Text.Replace("answer", "answers", StringComparison.Ordinal) })
            .By(VerifierKey.Parse(PublicKey))
            .ShouldBeNull();
        note.ToString().ShouldBe($"{Text}\n{Signature}{OtherSignature}");
    }

    [Theory]
    [InlineData("no signature\n")]
    [InlineData("no signature\n\n")]
    [InlineData("text\n\n- Peter AAAAAAA=\n")]
    [InlineData("text\n\n— Peter\n")]
    [InlineData("text\n\n— Peter AAAA\n")]
    [InlineData("text\n\n— Peter AAAAAAA= \n")]
    [InlineData("text\n\n— Pet+er AAAAAAA=\n")]
    [InlineData("text\n\n— Peter AAAAAAB=\n")]
    [InlineData("te\u0001xt\n\n— Peter AAAAAAA=\n")]
    [InlineData("text\n\n— Peter AAAAAAA=")]
    public void What_is_no_note_is_refused(string note) =>
        Should.Throw<FormatException>(() => SignedNote.Parse(note));

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q=")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("")]
    public void What_is_no_verifier_key_is_refused(string key) =>
        Should.Throw<FormatException>(() => VerifierKey.Parse(key));

    [Fact]
    public void A_cosignature_is_over_its_time_and_the_text()
    {
        var witness = SigningKey.Generate("witness.example/w1", NoteAlgorithm.Cosignature);
        var checkpoint = new Checkpoint("zusagen.example/log", 3, new byte[32]);
        var time = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);

        var line = NoteSignature.Parse(
            witness.Cosign(checkpoint.Text, time).ToString().TrimEnd('\n')
        );

        line.Time.ShouldBe(time);
        line.IsBy(witness.Verifier, checkpoint.Text).ShouldBeTrue();
        Ed25519
            .Verify(
                witness.Verifier.PublicKey.Span,
                Encoding.UTF8.GetBytes($"cosignature/v1\ntime 1679315147\n{checkpoint.Text}"),
                line.Bytes.Span[8..]
            )
            .ShouldBeTrue();
        line.IsBy(witness.Verifier, (checkpoint with { Size = 4 }).Text).ShouldBeFalse();
        var backdated = line.Bytes.ToArray();
        backdated[7]--;
        (line with { Bytes = backdated }).IsBy(witness.Verifier, checkpoint.Text).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => witness.Sign(checkpoint.Text));
    }

    [Fact]
    public void A_checkpoint_is_three_lines_and_reads_back()
    {
        var checkpoint = new Checkpoint(
            "zusagen.example/log",
            20852163,
            Convert.FromBase64String("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
        );

        checkpoint.Text.ShouldBe(
            "zusagen.example/log\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        );
        Checkpoint.Parse(checkpoint.Text).ShouldBe(checkpoint);
        Checkpoint.Parse(checkpoint.Text + "extension\n").ShouldBe(checkpoint);
    }

    [Theory]
    [InlineData("a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2=\n")]
    [InlineData("a\n1\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void What_is_no_checkpoint_is_refused(string text) =>
        Should.Throw<FormatException>(() => Checkpoint.Parse(text));

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
