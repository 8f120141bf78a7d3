using System.Text;
using Ledger.Transparency;
using Web.Hosting;

namespace Web.Log;

/// <summary>The small web server of a witness: <c>POST /add-checkpoint</c> (C2SP tlog-witness) and nothing else.</summary>
public static class WitnessSite
{
    // 63 hashes and a note with its signatures.
    private const int LongestRequest = 16 * 1024;

    /// <param name="folder">Holds <c>key</c> and <c>logs</c>.</param>
    /// <exception cref="Refusal">A file is missing or malformed.</exception>
    public static WebApplication Build(string folder, string urls)
    {
        var witness = Open(folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestRequest;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var app = builder.Build();
        app.MapPost(
            "/add-checkpoint",
            async (HttpRequest request, CancellationToken cancellation) =>
            {
                using var reader = new StreamReader(request.Body, new UTF8Encoding(false));
                var answer = witness.Add(await reader.ReadToEndAsync(cancellation));
                return Results.Text(answer.Body, answer.ContentType, null, answer.Status);
            }
        );
        return app;
    }

    private static Witness Open(string folder)
    {
        var keyFile = new LogFolder(folder).KeyFile;
        var logsFile = Path.Combine(folder, "logs");
        try
        {
            var logs = File.ReadAllLines(logsFile)
                .Select(l => l.Trim())
                .Where(l => l.Length > 0 && l[0] != '#')
                .Select(VerifierKey.Parse)
                .ToList();
            var key = SigningKey.Parse(File.ReadAllText(keyFile).TrimEnd('\n'));
            return key.Verifier.Algorithm == NoteAlgorithm.Cosignature
                ? new Witness(key, logs, folder, TimeProvider.System)
                : throw new Refusal($"{keyFile} is a log's key, not a witness's.");
        }
        catch (Exception e)
            when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new Refusal(
                $"The witness cannot start: {e.Message} Make its key with './ledger witness key', and write the verifier keys of the logs it "
                    + $"is to know into {logsFile}."
            );
        }
    }
}
