using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Submissions;
using Npgsql;
using NpgsqlTypes;
using Web.Api.Problems;
using Web.Api.Submissions;
using Web.Api.Wire;

namespace Web.Api.Recording;

/// <summary>An answer that is given again when the same request comes again.</summary>
/// <param name="Status">200, 201 or 202: only successes are kept.</param>
/// <param name="Location">Address of what came of it.</param>
/// <param name="Event">The event that was recorded; its body can be read again.</param>
/// <param name="Submission">The submission that it is about; its body can be read again.</param>
public sealed record KeptAnswer(
    int Status,
    string? Location,
    Guid? Event = null,
    Guid? Submission = null
);

/// <summary>Makes a write happen once under its <c>Idempotency-Key</c>, however often it is sent, for thirty days.</summary>
public sealed class KeptAnswers(EventStore store, SubmissionStore submissions)
{
    private const int LongestKey = 255;

    /// <summary>Carries out a request, or answers as the first time.</summary>
    /// <param name="body">The request's body: the same key with another one is refused.</param>
    /// <param name="act">Carries it out. What it records, it keeps under the key that it is given (null = none was sent).</param>
    public async Task<IResult> OnceAsync(
        Writing writing,
        ReadOnlyMemory<byte> body,
        Func<Idempotency?, Task<IResult>> act
    )
    {
        if (KeyOf(writing, body) is not { } key)
        {
            return await act(null);
        }

        if (await FindAsync(key, writing.Cancellation) is { } kept)
        {
            return await AnswerAsync(kept, writing.Cancellation);
        }

        try
        {
            return await act(key);
        }
        catch (Exception e)
            when (e
                    is ProblemException
                        or StaleVersionException
                        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            )
        {
            // A twin may have done it in between; then this is its replay, not a conflict with it.
            if (await FindAsync(key, writing.Cancellation) is { } twin)
            {
                return await AnswerAsync(twin, writing.Cancellation);
            }

            throw;
        }
    }

    /// <summary>Keeps an answer in the transaction that makes it true. A concurrent twin waits here and then fails as a duplicate.</summary>
    public static async Task KeepAsync(
        NpgsqlConnection connection,
        Idempotency? key,
        KeptAnswer answer,
        CancellationToken cancellation
    )
    {
        if (key is null)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            "insert into ledger.kept_answer (actor, key, request, answer) values ($1, $2, $3, $4)",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Actor });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Key });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Request.ToArray() });
        command.Parameters.Add(
            new NpgsqlParameter { Value = Json(answer), NpgsqlDbType = NpgsqlDbType.Jsonb }
        );
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>An answer as it is kept.</summary>
    public static string Json(KeptAnswer answer) =>
        JsonSerializer.Serialize(answer, ApiJson.Options);

    /// <inheritdoc cref="Json"/>
    public static KeptAnswer Read(string json) =>
        JsonSerializer.Deserialize<KeptAnswer>(json, ApiJson.Options)!;

    /// <summary>An answer about an event, the first time.</summary>
    public static IResult Answer(KeptAnswer kept, EventEntry entry) =>
        new Answer(
            kept.Status,
            kept.Location,
            JsonSerializer.SerializeToNode(entry, ApiJson.Options)
        );

    /// <summary>An answer about a submission; one that waited when it was answered is shown waiting.</summary>
    public static IResult Answer(KeptAnswer kept, Submission submission) =>
        new Answer(
            kept.Status,
            kept.Location,
            JsonSerializer.SerializeToNode(
                SubmissionView.Of(
                    kept.Status == StatusCodes.Status202Accepted
                        ? submission.AsProposed()
                        : submission
                ),
                ApiJson.Options
            )
        );

    /// <summary>What a writer hears of an event that was appended: the answer that was kept, where it had been appended before.</summary>
    public Task<IResult> AnswerAsync(
        KeptAnswer answer,
        Appended appended,
        NewEvent recorded,
        StreamKey stream,
        long version,
        CancellationToken cancellation
    ) =>
        appended.Replayed ? AnswerAsync(Read(appended.Answer!), cancellation)
        // What opens the digests of personal values is made while they are appended.
        : recorded.Beside.Count > 0 ? AnswerAsync(answer, cancellation)
        : Task.FromResult(
            Answer(
                answer,
                EventEntry.Of(
                    appended.FirstIndex,
                    appended.Recorded,
                    recorded.Id,
                    stream,
                    version,
                    recorded.Body
                )
            )
        );

    /// <summary>A kept answer, given again.</summary>
    public async Task<IResult> AnswerAsync(KeptAnswer kept, CancellationToken cancellation) =>
        kept.Event is { } id
            ? Answer(kept, await EntryAsync(id, cancellation))
            : Answer(kept, (await submissions.FindAsync(kept.Submission!.Value, cancellation))!);

    private async Task<EventEntry> EntryAsync(Guid id, CancellationToken cancellation) =>
        (
            await EventEntry.ReadAsync(
                store.Database,
                [(await store.FindAsync(id, cancellation))!],
                cancellation
            )
        )[0];

    private async Task<KeptAnswer?> FindAsync(Idempotency key, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(
            """
            select request, answer, kept < clock_timestamp() - interval '30 days'
            from (select actor, key, request, answer, recorded as kept from ledger.idempotency
                  union all
                  select actor, key, request, answer, kept from ledger.kept_answer) k
            where actor = $1 and key = $2
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Actor });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Key });
        (byte[] Request, string Answer, bool IsOld) found;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }

            found = (reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetBoolean(2));
        }

        if (found.IsOld)
        {
            await using var forget = store.Database.CreateCommand(
                "select ledger.forget_answers(interval '30 days')"
            );
            await forget.ExecuteNonQueryAsync(cancellation);
            return null;
        }

        return found.Request.AsSpan().SequenceEqual(key.Request.Span)
            ? Read(found.Answer)
            : throw Refuse.KeyReused();
    }

    private static Idempotency? KeyOf(Writing writing, ReadOnlyMemory<byte> body)
    {
        if (!writing.Request.Headers.TryGetValue("Idempotency-Key", out var sent))
        {
            return null;
        }

        if (
            sent is not [{ Length: > 0 and <= LongestKey } key]
            || key.AsSpan().ContainsAnyExceptInRange('!', '~')
        )
        {
            throw Refuse.BadParameter(
                $"'Idempotency-Key' has 1 to {LongestKey} visible ASCII characters."
            );
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(
            Encoding.UTF8.GetBytes($"{writing.Request.Method} {writing.Request.Path}\n")
        );
        digest.AppendData(body.Span);
        return new Idempotency(writing.Caller.Person.Pseudonym, key, digest.GetHashAndReset());
    }
}

/// <summary>A success of a write.</summary>
public sealed class Answer(int status, string? location, JsonNode? body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.CacheControl = "no-store";
        if (location is not null)
        {
            httpContext.Response.Headers.Location = location;
        }

        if (body is not null)
        {
            await httpContext.Response.WriteAsJsonAsync(
                body,
                ApiJson.Options,
                "application/json",
                httpContext.RequestAborted
            );
        }
    }
}
