using System.Security.Cryptography;
using System.Text;

namespace Ledger.Sources;

/// <summary>A file that may be a source document.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Text">Its bytes as UTF-8; a byte-order mark is no text.</param>
public sealed record DocumentFile(string Name, string Sha256, long Bytes, string Text)
{
    /// <summary>Bytes that a document may have. Agreements have some ten thousand.</summary>
    public const int Largest = 16 * 1024 * 1024;

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UnreadableDocumentException">It is no text file that could be a source document.</exception>
    public static async Task<DocumentFile> ReadAsync(
        string path,
        CancellationToken cancellation = default
    )
    {
        var name = Path.GetFileName(path);
        if (Directory.Exists(path))
        {
            throw new UnreadableDocumentException(
                $"'{path}' is a folder; name the file of one document."
            );
        }

        var bytes = await BytesAsync(path, cancellation);
        return bytes.Length == 0 ? throw new UnreadableDocumentException($"'{path}' is empty.")
            : bytes.Length > Largest
                ? throw new UnreadableDocumentException(
                    $"'{path}' has more than {Largest / 1024 / 1024} MB, more than any document may have."
                )
            : new DocumentFile(
                name,
                Convert.ToHexStringLower(SHA256.HashData(bytes)),
                bytes.Length,
                Decode(path, bytes)
            );
    }

    // Never more than one byte beyond the limit, whatever the file claims to be.
    private static async Task<byte[]> BytesAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            using var content = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (
                content.Length <= Largest
                && await file.ReadAsync(buffer, cancellation) is > 0 and var read
            )
            {
                content.Write(buffer, 0, read);
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableDocumentException($"There is no file '{path}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableDocumentException($"'{path}' cannot be read: {e.Message}");
        }
    }

    private static string Decode(string path, byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[3..];
        }

        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            throw new UnreadableDocumentException(
                $"'{path}' is UTF-16; a source document is UTF-8."
            );
        }

        if (bytes.Contains((byte)0))
        {
            throw new UnreadableDocumentException(
                $"'{path}' holds NUL bytes, so it is no text; a source document is UTF-8 text."
            );
        }

        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableDocumentException(
                $"'{path}' is not UTF-8 (perhaps Windows-1252); a source document is UTF-8."
            );
        }
    }
}
