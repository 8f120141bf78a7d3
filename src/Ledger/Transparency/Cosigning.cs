using System.Globalization;
using System.Net;
using System.Text;
using Npgsql;

namespace Ledger.Transparency;

/// <summary>How it went with one witness.</summary>
/// <param name="Line">Its cosignature; null when it gave none.</param>
/// <param name="Fault">Why it gave none, in a sentence.</param>
/// <param name="Contradicts">Whether it says that it has seen another history of this log, or more of it.</param>
public sealed record WitnessOutcome(
    PolicyWitness Witness,
    NoteSignature? Line,
    string? Fault,
    bool Contradicts = false
);

/// <summary>Asks witnesses to cosign checkpoints (C2SP tlog-witness, the client's side).</summary>
/// <param name="http">Its timeout bounds each request.</param>
public sealed class Cosigning(NpgsqlDataSource database, HttpClient http)
{
    // A cosignature is some hundred bytes.
    private const int LongestAnswer = 16 * 1024;

    private readonly LogReader _log = new(database);

    /// <summary>Asks every witness of a policy that has an address, at the same time, and keeps what they sign.</summary>
    /// <param name="checkpoint">Signed here.</param>
    public async Task<IReadOnlyList<WitnessOutcome>> AskAsync(
        LogPolicy policy,
        SignedCheckpoint checkpoint,
        CancellationToken cancellation = default
    ) =>
        await Task.WhenAll(
            policy
                .Witnesses.Where(w => w.Url is not null)
                .Select(w => AskAsync(w, checkpoint, cancellation))
        );

    private async Task<WitnessOutcome> AskAsync(
        PolicyWitness witness,
        SignedCheckpoint checkpoint,
        CancellationToken cancellation
    )
    {
        try
        {
            var old = await LastSizeAsync(witness, cancellation);
            var answer = await PostAsync(witness, checkpoint, old, cancellation);
            if (
                answer is { Status: HttpStatusCode.Conflict, Size: { } theirs }
                && theirs < checkpoint.Size
                && theirs != old
            )
            {
                // It remembers another size than we do: from there, once more.
                answer = await PostAsync(witness, checkpoint, theirs, cancellation);
            }

            return answer.Status == HttpStatusCode.OK
                ? await KeepAsync(witness, checkpoint, answer.Body, cancellation)
                : Refused(witness, checkpoint, answer);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return cancellation.IsCancellationRequested
                ? throw new OperationCanceledException(cancellation)
                : new WitnessOutcome(
                    witness,
                    null,
                    $"The witness {witness.Name} does not answer: {e.Message}"
                );
        }
    }

    private static WitnessOutcome Refused(
        PolicyWitness witness,
        SignedCheckpoint checkpoint,
        Answer answer
    )
    {
        var (fault, contradicts) = answer switch
        {
            { Status: HttpStatusCode.Conflict, Size: { } size } when size > checkpoint.Size => (
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The witness {witness.Name} has cosigned {size} entries of this log, more than the {checkpoint.Size} that are here"
                ),
                true
            ),
            { Status: HttpStatusCode.Conflict, Size: { } size } when size == checkpoint.Size => (
                $"The witness {witness.Name} has cosigned another root of the same {size} entries",
                true
            ),
            { Status: HttpStatusCode.UnprocessableEntity } => (
                $"The witness {witness.Name} has cosigned a history that is not the beginning of this one",
                true
            ),
            { Status: HttpStatusCode.NotFound } => (
                $"The witness {witness.Name} does not know this log",
                false
            ),
            { Status: HttpStatusCode.Forbidden } => (
                $"The witness {witness.Name} does not know the key of this log",
                false
            ),
            _ => ($"The witness {witness.Name} answers {(int)answer.Status}", false),
        };
        return new WitnessOutcome(witness, null, $"{fault}.", contradicts);
    }

    private async Task<WitnessOutcome> KeepAsync(
        PolicyWitness witness,
        SignedCheckpoint checkpoint,
        string body,
        CancellationToken cancellation
    )
    {
        var text = SignedNote.Parse(checkpoint.Note).Text;
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                // Those of keys that are not known here are passed over.
                var signature = NoteSignature.Parse(line);
                if (signature.IsBy(witness.Key, text) && signature.Time is { } time)
                {
                    await using var command = database.CreateCommand(
                        "select ledger.keep_cosignature($1, $2, $3, $4)"
                    );
                    command.Parameters.Add(
                        new NpgsqlParameter<long> { TypedValue = checkpoint.Size }
                    );
                    command.Parameters.Add(
                        new NpgsqlParameter<string> { TypedValue = witness.Key.ToString() }
                    );
                    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = line });
                    command.Parameters.Add(
                        new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime }
                    );
                    await command.ExecuteNonQueryAsync(cancellation);
                    return new WitnessOutcome(witness, signature, null);
                }
            }
            catch (FormatException)
            {
                // No signature line: as good as one of an unknown key.
            }
        }

        return new WitnessOutcome(
            witness,
            null,
            $"The witness {witness.Name} answered without a cosignature of the key that the policy names."
        );
    }

    private async Task<Answer> PostAsync(
        PolicyWitness witness,
        SignedCheckpoint checkpoint,
        long old,
        CancellationToken cancellation
    )
    {
        var proof = await _log.HashesAsync(Proofs.ProveTree(old, checkpoint.Size), cancellation);
        var body = new AddCheckpoint(old, proof, SignedNote.Parse(checkpoint.Note)).ToString();
        var address = new Uri($"{witness.Url!.ToString().TrimEnd('/')}/add-checkpoint");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        using var response = await http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellation
        );
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(
            buffer,
            buffer.Length,
            throwOnEndOfStream: false,
            cancellation
        );
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        return new Answer(
            response.StatusCode,
            text,
            response.Content.Headers.ContentType?.MediaType == AddCheckpoint.SizeType
            && Checkpoint.TryParseSize(text.TrimEnd('\n'), out var size)
                ? size
                : null
        );
    }

    // The size that the witness cosigned last, as far as is known here.
    private async Task<long> LastSizeAsync(PolicyWitness witness, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select coalesce(max(size), 0) from ledger.log_cosignature where witness = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = witness.Key.ToString() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private sealed record Answer(HttpStatusCode Status, string Body, long? Size);
}
