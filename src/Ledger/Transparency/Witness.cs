using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Transparency;

/// <summary>What a witness answers.</summary>
/// <param name="Status">HTTP status of C2SP tlog-witness.</param>
public sealed record WitnessAnswer(int Status, string ContentType, string Body);

/// <summary>
/// A witness (C2SP tlog-witness): remembers the newest checkpoint of each log that it knows, and cosigns only what continues it. One file for each
/// log, on the disk before the answer goes out.
/// </summary>
/// <param name="key">Its key, of the cosigning kind.</param>
/// <param name="logs">The keys of the logs it knows; the name of a key is the log's origin.</param>
/// <param name="folder">Where it remembers.</param>
public sealed class Witness(
    SigningKey key,
    IReadOnlyCollection<VerifierKey> logs,
    string folder,
    TimeProvider clock
)
{
    private const string PlainText = "text/plain; charset=utf-8";
    private readonly Lock _turn = new();

    /// <summary>Judges a request to cosign.</summary>
    /// <param name="body">As it came.</param>
    public WitnessAnswer Add(string body)
    {
        AddCheckpoint request;
        Checkpoint checkpoint;
        try
        {
            request = AddCheckpoint.Parse(body);
            checkpoint = Checkpoint.Parse(request.Note.Text);
        }
        catch (FormatException e)
        {
            return Say(400, e.Message);
        }

        var known = logs.Where(l => l.Name == checkpoint.Origin).ToList();
        if (known.Count == 0)
        {
            return Say(404, "This log is not known here.");
        }

        if (known.TrueForAll(l => request.Note.By(l) is null))
        {
            return Say(403, "No signature is by a key of this log that is known here.");
        }

        if (request.OldSize > checkpoint.Size || (request.OldSize == 0 && request.Proof.Count > 0))
        {
            return Say(
                400,
                "The old size is above the new one, or a proof goes with the old size 0."
            );
        }

        // Comparing and remembering are one step, or two requests could take the memory back.
        lock (_turn)
        {
            return AddInTurn(request, checkpoint);
        }
    }

    private WitnessAnswer AddInTurn(AddCheckpoint request, Checkpoint checkpoint)
    {
        var path = PathOf(checkpoint.Origin);
        var last = File.Exists(path)
            ? Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(path)).Text)
            : new Checkpoint(checkpoint.Origin, 0, Rfc6962.EmptyRoot);
        if (request.OldSize != last.Size)
        {
            return new WitnessAnswer(
                409,
                AddCheckpoint.SizeType,
                string.Create(CultureInfo.InvariantCulture, $"{last.Size}\n")
            );
        }

        if (checkpoint.Size == last.Size && !checkpoint.Root.Span.SequenceEqual(last.Root.Span))
        {
            return new WitnessAnswer(
                409,
                AddCheckpoint.SizeType,
                string.Create(CultureInfo.InvariantCulture, $"{last.Size}\n")
            );
        }

        if (
            !Proofs.CheckTree(
                request.Proof,
                checkpoint.Size,
                checkpoint.Root.Span,
                last.Size,
                last.Root.Span
            )
        )
        {
            return Say(
                422,
                "The proof does not show that the last checkpoint is the beginning of this one."
            );
        }

        Durable.Replace(path, request.Note.ToString());
        return new WitnessAnswer(
            200,
            PlainText,
            key.Cosign(checkpoint.Text, clock.GetUtcNow()).ToString()
        );
    }

    // An origin is no file name.
    private string PathOf(string origin) =>
        Path.Combine(
            folder,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))
        );

    private static WitnessAnswer Say(int status, string sentence) =>
        new(status, PlainText, $"{sentence}\n");
}
