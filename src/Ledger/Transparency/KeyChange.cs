using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Transparency;

/// <summary>
/// Gives the log a new key while the old one is there to say so: the old key signs a statement, an event announces it, and the next checkpoint
/// is signed with the new key. A death between two steps is mended by doing it again; until then nothing is signed.
/// </summary>
/// <param name="folder">Key and guard.</param>
public sealed class KeyChange(
    EventStore.EventStore store,
    string origin,
    LogFolder folder,
    TimeProvider clock
)
{
    /// <summary>The stream that holds what happens to the log itself.</summary>
    public static StreamKey Stream { get; } = StreamKey.Parse("log");

    /// <returns>The statement.</returns>
    /// <exception cref="LogFaultException">The key may not sign; then it may not name a successor either.</exception>
    public async Task<SignedNote> RunAsync(CancellationToken cancellation = default)
    {
        await using var turn = await SigningTurn.TakeAsync(store.Database, cancellation);
        var note = folder.ReadRotation() ?? await BeginAsync(cancellation);
        var rotation = KeyRotation.Parse(note.Text);
        await AnnounceAsync(rotation, note, cancellation);
        folder.TakeNextKey(rotation);
        var key = folder.ReadKey(origin);
        var guard =
            folder.ReadGuard()
            ?? throw new LogFaultException(
                $"{folder.GuardFile}, the newest checkpoint that was signed, is missing: bring it back, then say this again."
            );
        folder.WriteGuard(new SignedNote(guard.Text, [key.Sign(guard.Text)]));
        folder.EndRotation();
        return note;
    }

    private async Task<SignedNote> BeginAsync(CancellationToken cancellation)
    {
        var old = folder.ReadKey(origin);
        await new Publisher(store.Database, origin, folder).CheckAsync(cancellation);
        var newest = await new LogReader(store.Database).NewestSignedAsync(cancellation);
        var next = SigningKey.Generate(origin);
        folder.WriteNextKey(next);
        var note = new KeyRotation(old.Verifier, next.Verifier, newest?.Size ?? 0).Sign(old, next);
        folder.WriteRotation(note);
        return note;
    }

    private async Task AnnounceAsync(
        KeyRotation rotation,
        SignedNote note,
        CancellationToken cancellation
    )
    {
        var said = await store.ReadStreamAsync(Stream, cancellation: cancellation);
        var announcement = new KeyRotated
        {
            From = rotation.Old.ToString(),
            To = rotation.New.ToString(),
            Size = rotation.Size,
            Statement = note.ToString(),
            Occurred = Edtf.Day(clock.Today()),
            OccurredBasis = OccurredBasis.Event,
            Scope = Scope.Context,
            RecordedBy = OperatorErasure.Operator,
        };
        if (said.All(e => (e.Body as KeyRotated)?.Statement != announcement.Statement))
        {
            await store.AppendAsync(
                Append.To(Stream, said.Count, announcement),
                cancellation: cancellation
            );
        }
    }
}
