using Verify.Entries;

namespace Verify;

/// <summary>All entries in a file, one a line, in the order of the log. The file appears when all are verified.</summary>
public sealed class EntryLines : IAsyncDisposable
{
    private static readonly byte[] s_newLine = [(byte)'\n'];

    // A withheld entry keeps its line, so that the line tells the index.
    private static readonly byte[] s_withheld = "null\n"u8.ToArray();

    private readonly string _file;
    private readonly FileStream _draft;
    private bool _finished;

    private EntryLines(string file, FileStream draft)
    {
        _file = file;
        _draft = draft;
    }

    public static EntryLines Into(string file)
    {
        try
        {
            return new EntryLines(file, new FileStream($"{file}.new", FileMode.Create));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotCheckException(Obstacles.StateUnusable(file, e.Message));
        }
    }

    public async Task AddAsync(Bundle bundle, CancellationToken cancellation)
    {
        for (var i = 0; i < bundle.Count; i++)
        {
            if (bundle[i].IsEmpty)
            {
                await _draft.WriteAsync(s_withheld, cancellation);
                continue;
            }

            await _draft.WriteAsync(bundle[i], cancellation);
            await _draft.WriteAsync(s_newLine, cancellation);
        }
    }

    public void Finish() => _finished = true;

    public async ValueTask DisposeAsync()
    {
        await _draft.DisposeAsync();
        if (_finished)
        {
            File.Move(_draft.Name, _file, overwrite: true);
        }
        else
        {
            File.Delete(_draft.Name);
        }
    }
}
