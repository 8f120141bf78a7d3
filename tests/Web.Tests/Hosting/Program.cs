using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Web.Tests.Hosting;

/// <summary>The real program in a process of its own, with a data folder of its own and invented seeds.</summary>
internal sealed class Program : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(
        Path.GetTempPath(),
        $"zusagenbuch-program-{Guid.CreateVersion7():N}"[..40]
    );
    private Process? _process;

    /// <param name="promises">How many invented promises the seeds have.</param>
    public Program(int promises)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "seeds", "promises"));
        Directory.CreateDirectory(Path.Combine(_folder, "seeds", "sources"));
        File.WriteAllText(
            Path.Combine(_folder, "seeds", "sources", "musterstadt.yaml"),
            """
            id: musterstadt-vereinbarung-2020
            title: {de: Erfundene Vereinbarung}
            kind: agreement
            municipality: musterstadt
            proponents: [Liste Muster]
            published: {date: "2020", basis: derived}
            file: {name: erfunden.txt, sha256: "0000000000000000000000000000000000000000000000000000000000000000", bytes: 1}
            locators: physicalLine
            normalisation: physical-lines/1
            lines: 1-9999
            """
        );
        Directory.CreateDirectory(Path.Combine(_folder, "seeds", "councils"));
        File.WriteAllText(
            Path.Combine(_folder, "seeds", "councils", "musterstadt.yaml"),
            $$"""
            municipality: musterstadt
            name: Musterstadt
            ags: "00000000"
            state: Nirgendwo
            events:
              - id: musterstadt-registered
                type: councilRegistered
                occurred: null
                summary: {de: Erfunden.}
                source: {id: musterstadt-vereinbarung-2020, lines: 1, fingerprint: "{{new string(
                '0',
                64
            )}}"}
            """
        );
        var yaml = new StringBuilder("source: musterstadt-vereinbarung-2020\npromises:\n");
        for (var i = 1; i <= promises; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - id: musterstadt-{i}\n    lines: {i}\n");
            yaml.Append(
                """
                    title: {de: Erfunden}
                    fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
                    kind: new
                    modality: will
                    topic: klima
                    tier: core
                    checkability: low

                """
            );
        }

        File.WriteAllText(Path.Combine(_folder, "seeds", "promises", "alle.yaml"), yaml.ToString());
    }

    public string Data => Path.Combine(_folder, "data");

    public StringBuilder Output { get; } = new();

    public StringBuilder Errors { get; } = new();

    public Process Process =>
        _process ?? throw new InvalidOperationException("It was not started.");

    /// <summary>Starts it; it does not wait.</summary>
    public void Start(params string[] arguments)
    {
        Output.Clear();
        Errors.Clear();
        _process = Process.Start(StartInfo(arguments))!;
        _process.OutputDataReceived += (_, line) => Append(Output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(Errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        static void Append(StringBuilder text, string? line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    /// <summary>Runs a verb in a second process on the same data.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunBesideAsync(params string[] arguments)
    {
        using var beside = Process.Start(StartInfo(arguments))!;
        var output = Task.WhenAll(
            beside.StandardOutput.ReadToEndAsync(),
            beside.StandardError.ReadToEndAsync()
        );
        await beside.WaitForExitAsync();
        await output;
        return beside.ExitCode;
    }

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Web.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LEDGER_DATA"] = Data;
        start.Environment["LEDGER_SEEDS"] = Path.Combine(_folder, "seeds");
        start.Environment.Remove("ConnectionStrings__Ledger");
        return start;
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(params string[] arguments)
    {
        Start(arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
    }

    /// <summary>Waits until it says its address.</summary>
    public async Task<Uri> AddressAsync()
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(90))
        {
            string said;
            lock (Output)
            {
                said = Output.ToString();
            }

            if (said.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at)
            {
                return new Uri(said[at..].Split(' ', '\n')[0]);
            }

            if (Process.HasExited)
            {
                break;
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"It did not come up: {Output} {Errors}");
    }

    /// <summary>kill -9 of the program alone.</summary>
    public async Task KillAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        await Process.WaitForExitAsync();
    }

    /// <summary>kill -9 of PostgreSQL's postmaster; nothing when it does not run.</summary>
    public void KillPostgres()
    {
        if (PostmasterId() is { } id)
        {
            Signal("KILL", id);
        }
    }

    /// <summary>Ctrl+C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        Signal("INT", Process.Id);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
    }

    /// <summary>The process id of the embedded PostgreSQL that runs; null when none does.</summary>
    public int? PostmasterId()
    {
        try
        {
            var id = int.Parse(
                File.ReadLines(Path.Combine(Data, "postgres", "postmaster.pid")).First(),
                CultureInfo.InvariantCulture
            );
            using var postmaster = Process.GetProcessById(id);
            return postmaster.ProcessName.StartsWith("postgres", StringComparison.Ordinal)
                ? id
                : null;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or ArgumentException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
            _process.Dispose();
        }

        await Ledger.Postgres.EmbeddedServer.EraseAsync(Data);
        Directory.Delete(_folder, recursive: true);
    }

    private static void Signal(string signal, int id)
    {
        using var kill = Process.Start(
            "kill",
            [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]
        );
        kill.WaitForExit();
    }
}
