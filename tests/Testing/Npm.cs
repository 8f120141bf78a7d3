using System.Diagnostics;
using System.Text;

namespace Testing;

/// <summary>Scripts of tests/Contract that need nothing but Node.js and its npm packages.</summary>
public static class Npm
{
    /// <summary>tests/Contract.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "tests", "Contract");

    /// <summary>Why no script can run here, in a sentence; null when one can.</summary>
    public static string? Missing { get; } =
        Outside.Find("node") is null
            ? "node is not installed: these checks run on Node.js 20 or newer."
        : !File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))
            ? "tests/Contract/node_modules is missing: ./ledger test installs it, and so does `npm ci --prefix tests/Contract`."
        : null;

    /// <summary>Runs a script with that input.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static async Task<string> RunAsync(string script, string input)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Outside.Find("node")!, [script])
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = new UTF8Encoding(false),
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{script} failed with {process.ExitCode}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ledger.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
