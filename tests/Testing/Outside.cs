using System.Diagnostics;

namespace Testing;

/// <summary>What a program said.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Said">Its output, then its errors.</param>
public sealed record Verdict(int Code, string Said);

/// <summary>Programs that are not ours and judge what we make.</summary>
public static class Outside
{
    /// <summary>Where a program is; null when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs one to its end; it is stopped when the test is.</summary>
    public static async Task<Verdict> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
            return new Verdict(process.ExitCode, $"{await output}\n{await errors}".Trim());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
