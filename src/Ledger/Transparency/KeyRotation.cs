using System.Globalization;

namespace Ledger.Transparency;

/// <summary>
/// What a log's key says when another takes its place, as a signed note (C2SP signed-note). Its first line is no origin, so that no reader takes
/// it for a checkpoint.
/// </summary>
/// <param name="Size">Size of the last checkpoint of the old key.</param>
public sealed record KeyRotation(VerifierKey Old, VerifierKey New, long Size)
{
    private const string Header = "key-rotation/v1";

    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Header}\nsize {Size}\nold {Old}\nnew {New}\n"
        );

    /// <exception cref="FormatException">It is none.</exception>
    public static KeyRotation Parse(string text) =>
        text.Split('\n')
            is [
                Header,
                ['s', 'i', 'z', 'e', ' ', .. var size],
                ['o', 'l', 'd', ' ', .. var old],
                ['n', 'e', 'w', ' ', .. var next],
                "",
            ]
        && Checkpoint.TryParseSize(size, out var n)
            ? new KeyRotation(VerifierKey.Parse(old), VerifierKey.Parse(next), n)
            : throw new FormatException("This is no change of keys.");

    /// <summary>The change of a note that both keys signed; null when it is none.</summary>
    public static KeyRotation? Signed(string note)
    {
        try
        {
            var signed = SignedNote.Parse(note);
            var rotation = Parse(signed.Text);
            return signed.By(rotation.Old) is not null && signed.By(rotation.New) is not null
                ? rotation
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Signed by the old key, which appoints the new one, and by the new one, which shows that somebody has it.</summary>
    public SignedNote Sign(SigningKey old, SigningKey next) =>
        new(Text, [old.Sign(Text), next.Sign(Text)]);
}
