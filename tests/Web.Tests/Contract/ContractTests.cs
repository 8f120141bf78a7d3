using System.Diagnostics;
using Testing;
using Web.Accounts;
using Web.Tests.Api;

namespace Web.Tests.Contract;

/// <summary>The checks in tests/Contract, which see the API from outside: from its description.</summary>
public sealed class ContractTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Contract");

    private static readonly string? Missing =
        Find("node") is null ? "node is not installed: these checks run on Node.js 20 or newer."
        : !File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))
            ? "tests/Contract/node_modules is missing: ./ledger test installs it, and so does `npm ci --prefix tests/Contract`."
        : null;

    [Fact]
    public Task Spectral_finds_no_fault_in_the_description() =>
        PassesAsync(
            "node_modules/@stoplight/spectral-cli/dist/index.js",
            [
                "lint",
                "--ruleset",
                "spectral.yaml",
                "--fail-severity",
                "hint",
                "../../docs/openapi.json",
            ]
        );

    [Fact]
    public Task Redocly_finds_no_fault_in_the_description() =>
        PassesAsync(
            "node_modules/@redocly/cli/bin/cli.js",
            ["lint", "--config", "redocly.yaml", "--max-problems", "50", "../../docs/openapi.json"]
        );

    /// <summary>Review is on; there are two who propose and review, and one who manages people.</summary>
    [Fact]
    public async Task Every_answer_is_as_the_description_says_whatever_is_asked()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await using var site = await LedgerSite.StartAsync();
        List<Writer> people =
        [
            await site.WriterAsync(Role.Editor),
            await site.WriterAsync(Role.Editor),
            await site.WriterAsync(Role.Administrator),
        ];
        try
        {
            await PassesAsync(
                "fuzz/fuzz.mjs",
                [],
                ("FUZZ_URL", site.Address.ToString()),
                ("FUZZ_KEYS", string.Join(' ', people.Select(p => p.Key))),
                ("FUZZ_SEED", Load.IsLong ? "" : "2035")
            );
        }
        finally
        {
            people.ForEach(p => p.Http.Dispose());
        }
    }

    // The tools are started as scripts of node, not through npm: nothing is left running when one of them is stopped.
    private static async Task PassesAsync(
        string script,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        patience.CancelAfter(TimeSpan.FromMinutes(Load.IsLong ? 30 : 5));
        var start = new ProcessStartInfo(Find("node")!, [script, .. arguments])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            var said = $"{await output}\n{await errors}";
            TestContext.Current.TestOutputHelper?.WriteLine(said);
            process.ExitCode.ShouldBe(0, said);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
