using Verify.Fetching;
using Verify.Notes;

namespace Verify.Tests.Log;

/// <summary>Somebody who checks a site from outside and remembers.</summary>
public sealed class Watchdog : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(
        "zusagenbuch-verify-"
    );

    /// <summary>Where it remembers.</summary>
    public string State => Path.Combine(_folder.FullName, "state");

    /// <summary>A folder of its own for files.</summary>
    public string FileAt(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Whether it has a memory at all.</summary>
    public bool Remembers { get; init; } = true;

    public IReadOnlyList<Signer> Witnesses { get; init; } = [];

    /// <summary>What its clock shows.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public Task<Verdict> CheckAsync(FakeSite site, Func<Request, Request>? change = null) =>
        CheckAsync(site.Address, site.Key.VerifierKey, change);

    public async Task<Verdict> CheckAsync(
        Uri address,
        string key,
        Func<Request, Request>? change = null
    )
    {
        using var site = new Site(address, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
        return await CheckAsync(site, key, change);
    }

    public Task<Verdict> CheckAsync(
        ISource source,
        string key,
        Func<Request, Request>? change = null
    )
    {
        var request = new Request(
            source.Address,
            [Parse(key)],
            [.. Witnesses.Select(w => Parse(w.VerifierKey))],
            Witnesses.Count,
            Remembers ? State : null
        );
        request = change?.Invoke(request) ?? request;
        return new Verification(
            request,
            request.Copy is { } copy ? Copying.Into(copy, source) : source,
            new StoppedClock(Now),
            new Silent()
        ).RunAsync(TestContext.Current.CancellationToken);
    }

    private static VerifierKey Parse(string key)
    {
        VerifierKey.TryParse(key, out var parsed).ShouldBeTrue();
        return parsed!;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class Silent : IProgress<Progress>
    {
        public void Report(Progress value) { }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>What a test says of a verdict.</summary>
public static class VerdictWords
{
    public static void ShouldBeWhole(this Verdict verdict)
    {
        verdict.Faults.Select(f => $"{f.Code}: {f.Sentence.En}").ShouldBeEmpty();
        verdict.Obstacle.ShouldBeNull();
        verdict.Exit.ShouldBe(0);
    }

    /// <summary>The gravest fault is this one.</summary>
    public static Fault ShouldBeFault(this Verdict verdict, string code)
    {
        verdict
            .Faults.Select(f => f.Code)
            .FirstOrDefault(verdict.Obstacle?.Code ?? "")
            .ShouldBe(code);
        verdict.Exit.ShouldBe(1);
        return verdict.Faults[0];
    }

    public static void ShouldBeUnchecked(this Verdict verdict, string code)
    {
        verdict.Faults.Select(f => f.Code).ShouldBeEmpty();
        verdict.Obstacle.ShouldNotBeNull().Code.ShouldBe(code);
        verdict.Exit.ShouldBe(2);
    }
}
