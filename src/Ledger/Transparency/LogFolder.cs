namespace Ledger.Transparency;

/// <summary>
/// What the log keeps outside the database, so that a restored database cannot take it back: the private key, the newest checkpoint that was
/// signed (the fork guard), the policy, and what was erased. None of it is in a database dump.
/// </summary>
/// <param name="Folder">Its folder.</param>
public sealed record LogFolder(string Folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Address of a checkpoint of this log that somebody else shows; null = none is asked. Setting <c>LEDGER_MIRROR</c>.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>The private key, mode 0600.</summary>
    public string KeyFile => Path.Combine(Folder, "key");

    /// <summary>The newest signed checkpoint.</summary>
    public string GuardFile => Path.Combine(Folder, "checkpoint");

    /// <summary>Witnesses and quorum, in the form of C2SP tlog-policy; not there = none.</summary>
    public string PolicyFile => Path.Combine(Folder, "policy");

    /// <summary>What was erased and withheld, one JSON object a line.</summary>
    public string ErasuresFile => Path.Combine(Folder, "erasures.jsonl");

    /// <summary>The key that takes the present one's place, while a change of keys is under way.</summary>
    public string NextKeyFile => Path.Combine(Folder, "key.next");

    /// <summary>The key that was replaced last. Nothing needs it any more.</summary>
    public string OldKeyFile => Path.Combine(Folder, "key.old");

    /// <summary>The statement of a change of keys that is under way; not there = none is.</summary>
    public string RotationFile => Path.Combine(Folder, "rotation");

    public bool HasKey => File.Exists(KeyFile);

    /// <summary>Makes a key. Never overwrites one.</summary>
    /// <param name="origin">The log's identity, which is the key's name.</param>
    /// <param name="isNewLog">
    /// Whether nothing was ever signed for this origin; then the guard begins with the empty tree. Otherwise a person has to adopt the log.
    /// </param>
    /// <exception cref="LogFaultException">There is one, or the folder cannot be written.</exception>
    public SigningKey CreateKey(string origin, bool isNewLog)
    {
        var key = SigningKey.Generate(origin);
        WriteKey(key);
        if (isNewLog && !File.Exists(GuardFile))
        {
            WriteGuard(new Checkpoint(origin, 0, Rfc6962.EmptyRoot).Sign(key));
        }

        return key;
    }

    /// <summary>Writes a key that was made elsewhere.</summary>
    /// <inheritdoc cref="CreateKey" path="/exception"/>
    public void WriteKey(SigningKey key) => WriteKey(key, KeyFile);

    private void WriteKey(SigningKey key, string path)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var file = new FileStream(path, options);
            using var writer = new StreamWriter(file);
            writer.Write($"{key.Export()}\n");
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new LogFaultException(
                $"There is a key in {path} already; it is never overwritten, because everything that was signed with it needs it."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LogFaultException($"The key cannot be written to {path}: {e.Message}", e);
        }
    }

    /// <summary>The log's key.</summary>
    /// <param name="origin">The log's identity, whose key it must be.</param>
    /// <exception cref="LogFaultException">There is none, it is another log's, or others than its owner can read it.</exception>
    public SigningKey ReadKey(string origin)
    {
        string text;
        try
        {
            text = File.ReadAllText(KeyFile).TrimEnd('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LogFaultException(
                $"The log has no key in {KeyFile}: make one with './ledger key create', or bring back the one it was signed with.",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LogFaultException($"The key in {KeyFile} cannot be read: {e.Message}", e);
        }

        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(KeyFile) & ~OwnerOnly) != UnixFileMode.None
        )
        {
            throw new LogFaultException(
                $"Others than its owner may read or use the key in {KeyFile}: say 'chmod 600 {KeyFile}', and ask who has read it."
            );
        }

        SigningKey key;
        try
        {
            key = SigningKey.Parse(text);
        }
        catch (FormatException e)
        {
            throw new LogFaultException($"{KeyFile} holds no key: {e.Message}", e);
        }

        return key.Verifier.Name == origin && key.Verifier.Algorithm == NoteAlgorithm.Ed25519
            ? key
            : throw new LogFaultException(
                $"The key in {KeyFile} is that of {key.Verifier.Name}, not of {origin}: it does not fit."
            );
    }

    /// <summary>The newest checkpoint that was signed; null when the file is missing.</summary>
    /// <exception cref="LogFaultException">It is damaged.</exception>
    public SignedNote? ReadGuard()
    {
        try
        {
            return SignedNote.Parse(File.ReadAllBytes(GuardFile));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            throw new LogFaultException($"{GuardFile} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes the newest checkpoint, in place of the one before and not before it is on the disk.</summary>
    public void WriteGuard(SignedNote note) => Durable.Replace(GuardFile, note.ToString());

    /// <summary>The statement of the change of keys that was begun and not finished; null when there is none.</summary>
    /// <exception cref="LogFaultException">It is damaged.</exception>
    internal SignedNote? ReadRotation()
    {
        try
        {
            return File.Exists(RotationFile)
                ? SignedNote.Parse(File.ReadAllBytes(RotationFile))
                : null;
        }
        catch (FormatException e)
        {
            throw new LogFaultException($"{RotationFile} is damaged: {e.Message}", e);
        }
    }

    internal void WriteRotation(SignedNote statement) =>
        Durable.Replace(RotationFile, statement.ToString());

    // One that no statement names was never told to anybody.
    internal void WriteNextKey(SigningKey key)
    {
        File.Delete(NextKeyFile);
        WriteKey(key, NextKeyFile);
    }

    /// <summary>Puts the next key in the present one's place, unless that is done.</summary>
    internal void TakeNextKey(KeyRotation rotation)
    {
        if (File.Exists(NextKeyFile))
        {
            File.Copy(KeyFile, OldKeyFile, overwrite: true);
            File.Move(NextKeyFile, KeyFile, overwrite: true);
        }

        if (ReadKey(rotation.New.Name).Verifier != rotation.New)
        {
            throw new LogFaultException(
                $"{RotationFile} names another new key than the one in {KeyFile}: bring back the files as they were."
            );
        }
    }

    internal void EndRotation() => File.Delete(RotationFile);
}
