using System.Globalization;
using System.Text;

namespace Ledger.Transparency;

/// <summary>A proof that can be kept and checked without the log (C2SP tlog-proof): index, hashes, checkpoint.</summary>
public static class ProofText
{
    /// <summary>The proof of an entry against the newest published checkpoint; null while none covers it.</summary>
    public static async Task<string?> OfAsync(
        LogReader log,
        long index,
        CancellationToken cancellation = default
    )
    {
        if (await log.PublishedAsync(cancellation) is not { } published || published.Size <= index)
        {
            return null;
        }

        var proof = new StringBuilder("c2sp.org/tlog-proof@v1\n").Append(
            CultureInfo.InvariantCulture,
            $"index {index}\n"
        );
        foreach (
            var hash in await log.HashesAsync(
                Proofs.ProveRecord(index, published.Size),
                cancellation
            )
        )
        {
            proof.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return proof.Append('\n').Append(await log.NoteAsync(published, cancellation)).ToString();
    }
}
