using System.Diagnostics;

namespace Verify.Tests.Server;

/// <summary>The check of tests/Contract/go: Go's own packages for transparency logs, from Debian, and nothing of this project.</summary>
public static class GoCheck
{
    private const string Packages = "/usr/share/gocode";
    private static readonly Lazy<Task<string>> s_program = new(BuildAsync);

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing { get; } =
        !(Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "go")))
        || !Directory.Exists(
            Path.Combine(Packages, "src", "golang.org", "x", "mod", "sumdb", "tlog")
        )
            ? "Go or its package golang.org/x/mod is missing: ./ledger test installs them, and so does `sudo apt-get install golang-go golang-golang-x-mod-dev`."
            : null;

    /// <summary>Runs it.</summary>
    /// <returns>Its exit code, and what it said.</returns>
    public static async Task<(int Exit, string Said)> RunAsync(
        Uri site,
        string key,
        params string[] older
    ) =>
        await RunAsync(
            await s_program.Value,
            [site.ToString(), key, .. older],
            new Dictionary<string, string>()
        );

    private static async Task<string> BuildAsync()
    {
        var folder = Directory.CreateTempSubdirectory("zusagenbuch-go-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var program = Path.Combine(folder.FullName, "logcheck");
        var (exit, said) = await RunAsync(
            "go",
            [
                "build",
                "-o",
                program,
                Path.Combine(Root(), "tests", "Contract", "go", "logcheck.go"),
            ],
            new Dictionary<string, string>
            {
                ["GO111MODULE"] = "off",
                ["GOPATH"] = Packages,
                ["GOCACHE"] = Path.Combine(folder.FullName, "cache"),
                ["GOFLAGS"] = "",
                ["GOTOOLCHAIN"] = "local",
            }
        );
        exit.ShouldBe(0, said);
        return program;
    }

    private static async Task<(int, string)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        Dictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ledger.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
