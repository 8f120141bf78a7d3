using Npgsql;

namespace Ledger.Transparency;

/// <summary>
/// Signs what is sealed and shows it to readers. A size is signed once; before each signature the log is held against the fork guard, so that a
/// restored backup or a replica that lost entries is never signed as if it were the log.
/// </summary>
/// <param name="database">Connections of the application's role.</param>
/// <param name="origin">The log's identity.</param>
/// <param name="folder">Key and guard.</param>
/// <param name="mirror">Asked as well before signing; null = none.</param>
public sealed class Publisher(
    NpgsqlDataSource database,
    string origin,
    LogFolder folder,
    Mirror? mirror = null
)
{
    private readonly LogReader _log = new(database);

    /// <summary>Witnesses and quorum as the folder has them now.</summary>
    public LogPolicy Policy() => LogPolicy.Read(folder);

    /// <summary>
    /// Signs a checkpoint of what is sealed, unless that is signed; and shows it to readers at once when the policy has no quorum. With one,
    /// readers keep the older checkpoint until <see cref="ShowAsync"/>.
    /// </summary>
    /// <returns>The note; null when there is nothing new.</returns>
    /// <exception cref="LogFaultException">The log must not be signed.</exception>
    public async Task<SignedNote?> PublishAsync(CancellationToken cancellation = default)
    {
        await using var turn = await SigningTurn.TakeAsync(database, cancellation);
        var key = folder.ReadKey(origin);
        var head = await _log.HeadAsync(cancellation);
        await RefuseForkAsync(key, head, cancellation);
        await RefuseMirroredAsync(key, head, cancellation);
        if (await IsAnnouncedLaterAsync(key, head, cancellation))
        {
            return null;
        }

        var waits = Policy().Quorum != "none";
        if (
            await _log.NewestSignedAsync(cancellation) is { } last
            && last.Size >= head.Size
            && (waits || last.Published is not null)
        )
        {
            return null;
        }

        var note = await KeepAsync(key, head, cancellation);
        folder.WriteGuard(note);
        if (!waits)
        {
            await ShowAsync(head.Size, cancellation);
        }

        return note;
    }

    /// <summary>Shows a signed checkpoint to readers.</summary>
    public async Task ShowAsync(long size, CancellationToken cancellation = default) =>
        await RunAsync("select ledger.publish_checkpoint($1)", cancellation, Size(size));

    /// <summary>Whether the log may be signed as it is.</summary>
    /// <exception cref="LogFaultException">It may not.</exception>
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        var key = folder.ReadKey(origin);
        var head = await _log.HeadAsync(cancellation);
        await RefuseForkAsync(key, head, cancellation);
        await RefuseMirroredAsync(key, head, cancellation);
    }

    /// <summary>
    /// A person says that this database is the log, though the guard is missing or another key's: writes the guard anew from the newest signed
    /// checkpoint. Does not help when the log contradicts what was signed.
    /// </summary>
    /// <param name="newKey">Whether the person says that the key is a new one of the same log.</param>
    /// <returns>The checkpoint that is the guard now.</returns>
    /// <exception cref="LogFaultException">The database contradicts the guard that is there, or its own checkpoints.</exception>
    public async Task<SignedNote> AdoptAsync(bool newKey, CancellationToken cancellation = default)
    {
        var key = folder.ReadKey(origin);
        var head = await _log.HeadAsync(cancellation);
        if (folder.ReadGuard() is { } guard)
        {
            await RefuseOtherHistoryAsync(guard, folder.GuardFile, head, cancellation);
        }

        var newest = await _log.NewestSignedAsync(cancellation);
        if (newest is not null && newest.Key != key.Verifier.ToString() && !newKey)
        {
            throw new LogFaultException(
                $"The newest checkpoint was signed with another key ({newest.Key}); if this one is to take its place, say '--new-key' and "
                    + "announce it: readers must be given the new key."
            );
        }

        var note =
            newest is null ? new Checkpoint(origin, 0, Rfc6962.EmptyRoot).Sign(key)
            : newest.Key == key.Verifier.ToString() ? SignedNote.Parse(newest.Note)
            : new Checkpoint(origin, newest.Size, newest.Root).Sign(key);
        await RefuseOtherHistoryAsync(note, folder.GuardFile, head, cancellation);
        folder.WriteGuard(note);
        return note;
    }

    // What a new key signs first shows the event that announces it.
    private async Task<bool> IsAnnouncedLaterAsync(
        SigningKey key,
        SealedHead head,
        CancellationToken cancellation
    ) =>
        (await _log.RotationsAsync(cancellation)).Any(r =>
            r.Index >= head.Size && r.To == key.Verifier.ToString()
        );

    private async Task RefuseForkAsync(
        SigningKey key,
        SealedHead head,
        CancellationToken cancellation
    )
    {
        if (folder.ReadRotation() is not null)
        {
            throw new LogFaultException(
                $"A change of keys was begun and not finished ({folder.RotationFile}): './ledger key rotate' finishes it."
            );
        }

        if (
            (await _log.RotationsAsync(cancellation)).FirstOrDefault(r =>
                r.From == key.Verifier.ToString()
            ) is
            { } rotation
        )
        {
            throw new LogFaultException(
                $"The key in {folder.KeyFile} was replaced, as the entry {rotation.Index} of the log says; bring the new one, {rotation.To}."
            );
        }

        var guard =
            folder.ReadGuard()
            ?? throw new LogFaultException(
                $"{folder.GuardFile}, the newest checkpoint that was signed, is missing: nothing can tell whether this database is the newest. "
                    + "Bring it back from where the key is kept, or, if you are sure, say './ledger log adopt'."
            );
        if (guard.By(key.Verifier) is null)
        {
            throw new LogFaultException(
                $"The key in {folder.KeyFile} does not fit: it did not sign {folder.GuardFile}. Bring back the key that did."
            );
        }

        await RefuseOtherHistoryAsync(guard, folder.GuardFile, head, cancellation);
    }

    private async Task RefuseMirroredAsync(
        SigningKey key,
        SealedHead head,
        CancellationToken cancellation
    )
    {
        if (mirror is null || await mirror.AskAsync(cancellation) is not { } note)
        {
            return;
        }

        // One that this log's keys did not sign says nothing of this log.
        var keys = (await _log.KeysAsync(cancellation))
            .Select(k => k.Key)
            .Concat((await _log.RotationsAsync(cancellation)).Select(r => r.From))
            .Select(VerifierKey.Parse)
            .Append(key.Verifier);
        if (keys.Any(k => note.By(k) is not null))
        {
            await RefuseOtherHistoryAsync(note, $"{folder.Mirror}", head, cancellation);
        }
    }

    // The database must contain the tree that was signed.
    private async Task RefuseOtherHistoryAsync(
        SignedNote guard,
        string where,
        SealedHead head,
        CancellationToken cancellation
    )
    {
        var signed = Checkpoint.Parse(guard.Text);
        if (signed.Origin != origin)
        {
            throw new LogFaultException(
                $"{where} is that of {signed.Origin}, not of {origin}: it does not fit."
            );
        }

        if (signed.Size > head.Size)
        {
            throw new LogFaultException(
                $"A checkpoint of {signed.Size} entries was signed ({where}), but the database has {head.Size}: it is older (a restored backup, or a "
                    + "replica that lost entries). Bring back a newer one; see docs/operations.md."
            );
        }

        var then = await _log.TreeAsync(signed.Size, cancellation);
        if (!signed.Root.Span.SequenceEqual(then.Root()))
        {
            throw new LogFaultException(
                $"A checkpoint of {signed.Size} entries ({where}) was signed with another root than the database has: its history is another one. "
                    + "Bring back the right database; see docs/operations.md."
            );
        }

        var now = signed.Size == head.Size ? then : await _log.TreeAsync(head.Size, cancellation);
        if (!now.Root().AsSpan().SequenceEqual(head.Root))
        {
            throw new LogFaultException(
                $"The root that is stored for the log's {head.Size} entries is not the root of its tiles."
            );
        }
    }

    private async Task<SignedNote> KeepAsync(
        SigningKey key,
        SealedHead head,
        CancellationToken cancellation
    )
    {
        var note = new Checkpoint(origin, head.Size, head.Root).Sign(key);
        try
        {
            var kept = await RunAsync(
                "select ledger.keep_checkpoint($1, $2, $3, $4)",
                cancellation,
                Size(head.Size),
                new NpgsqlParameter<byte[]> { TypedValue = head.Root },
                new NpgsqlParameter<string> { TypedValue = key.Verifier.ToString() },
                new NpgsqlParameter<string> { TypedValue = note.ToString() }
            );
            return SignedNote.Parse((string)kept!);
        }
        catch (PostgresException e) when (e.SqlState == "LG409")
        {
            throw new LogFaultException($"The checkpoint is refused: {e.MessageText}.", e);
        }
    }

    private static NpgsqlParameter<long> Size(long size) => new() { TypedValue = size };

    private async Task<object?> RunAsync(
        string sql,
        CancellationToken cancellation,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
