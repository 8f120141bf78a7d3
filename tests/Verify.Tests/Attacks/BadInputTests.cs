using System.Net;
using System.Net.Sockets;
using System.Text;
using Verify.Fetching;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>What accuses nobody: exit 2 and a sentence.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Theory]
    [InlineData("log/checkpoint")]
    [InlineData("log/tile/0/000.p/20")]
    [InlineData("log/tile/entries/000.p/20")]
    [InlineData("api/v1/events")]
    public async Task A_web_page_where_the_log_should_be_is_no_log(string path)
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies[path] = c =>
        {
            c.Response.ContentType = "text/html; charset=utf-8";
            return c
                .Response.Body.WriteAsync("<!doctype html><p>Willkommen</p>"u8.ToArray())
                .AsTask();
        };
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("not-a-log");
    }

    [Theory]
    [InlineData("log/checkpoint")]
    [InlineData("log/tile/0/000.p/20")]
    [InlineData("log/withheld")]
    public async Task A_body_that_never_ends_is_cut_off(string path)
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies[path] = async c =>
        {
            var much = new byte[64 * 1024];
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await c.Response.Body.WriteAsync(much, c.RequestAborted);
            }
        };
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("too-large");
    }

    [Fact]
    public async Task A_body_that_drips_is_not_waited_for()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies["log/checkpoint"] = async c =>
        {
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await c.Response.Body.WriteAsync("x"u8.ToArray(), c.RequestAborted);
                await c.Response.Body.FlushAsync(c.RequestAborted);
                await Task.Delay(50, c.RequestAborted);
            }
        };
        using var impatient = new Site(
            site.Address,
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMilliseconds(200)
        );
        (await _watchdog.CheckAsync(impatient, site.Key.VerifierKey)).ShouldBeUnchecked(
            "unreachable"
        );
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies["log/checkpoint"] = c =>
        {
            c.Response.Redirect("https://anderswo.example/");
            return Task.CompletedTask;
        };
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeUnchecked("redirected");
        verdict.Obstacle!.Sentence.De.ShouldContain("https://anderswo.example/");
    }

    [Fact]
    public async Task A_server_that_stumbles_is_asked_again_but_not_for_ever()
    {
        await using var site = await FakeSite.StartAsync(20);
        var asked = 0;
        site.Lies["log/checkpoint"] = async c =>
        {
            if (++asked < 3)
            {
                c.Response.StatusCode = 503;
                return;
            }

            await c.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(site.Checkpoint));
        };
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        asked = int.MinValue;
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("unreachable");
        (asked - int.MinValue).ShouldBe(4);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        (
            await _watchdog.CheckAsync(
                new Uri($"http://127.0.0.1:{port}/"),
                Signer.Log().VerifierKey
            )
        ).ShouldBeUnchecked("unreachable");
    }

    [Fact]
    public async Task A_site_without_a_log_and_an_empty_folder_are_no_log()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies["log/checkpoint"] = c =>
        {
            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("not-a-log");
        (
            await _watchdog.CheckAsync(new Folder(_watchdog.FileAt("empty")), site.Key.VerifierKey)
        ).ShouldBeUnchecked("not-a-log");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n— ")]
    [InlineData("a\n1\nb\n")]
    [InlineData("a\n\n— a AAAA\n")]
    [InlineData("\u0000\u0001\n\n\n")]
    public async Task Rubbish_in_place_of_a_note_is_no_log(string rubbish)
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Checkpoint = rubbish;
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("not-a-log");
    }

    [Fact]
    public async Task Random_bytes_anywhere_give_a_verdict_and_never_an_exception()
    {
        var random = new Random(1);
        await using var site = await FakeSite.StartAsync(300);
        string[] paths =
        [
            "log/checkpoint",
            "log/withheld",
            "log/tile/0/000",
            "log/tile/1/000.p/1",
            "log/tile/entries/000",
            "log/tile/entries/001.p/44",
            "api/v1/events",
            "api/v1/promises/musterstadt-zusage-3/events",
        ];
        foreach (var path in paths)
        {
            using var http = new HttpClient();
            var honest = await http.GetByteArrayAsync(
                new Uri(site.Address, path + (path == "api/v1/events" ? "?limit=200" : "")),
                TestContext.Current.CancellationToken
            );
            for (var i = 0; i < 20; i++)
            {
                var mutant = honest.Length == 0 ? new byte[1] : (byte[])honest.Clone();
                for (var n = random.Next(1, 4); n > 0; n--)
                {
                    mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                }

                if (i % 4 == 0)
                {
                    mutant = mutant[..random.Next(mutant.Length)];
                }

                site.Lies[path] = c => c.Response.Body.WriteAsync(mutant).AsTask();
                var verdict = await _watchdog.CheckAsync(site);
                if (
                    !mutant.AsSpan().SequenceEqual(honest)
                    && !path.StartsWith("api", StringComparison.Ordinal)
                )
                {
                    verdict.Exit.ShouldNotBe(0, $"{path} {Convert.ToHexString(mutant)}");
                }
            }

            site.Lies.Clear();
        }

        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Theory]
    [InlineData("--key")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("https://a.example --key nonsense")]
    [InlineData("https://a.example --key KEY --quorum 1")]
    [InlineData("https://a.example --key KEY --witness KEY")]
    [InlineData("https://a.example --key KEY --watch 0")]
    [InlineData("https://a.example --key KEY --watch soon")]
    [InlineData("https://a.example --key KEY --lang fr")]
    [InlineData("https://a.example --key KEY --unknown")]
    [InlineData("ftp://a.example --key KEY")]
    [InlineData("https://user:pass@a.example --key KEY")]
    public async Task Bad_arguments_are_refused_with_a_sentence(string arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        string[] args =
        [
            .. arguments
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(a => a == "KEY" ? Signer.Log().VerifierKey : a),
        ];
        (await CommandLine.RunAsync(args, output, errors, TimeProvider.System)).ShouldBe(2);
        output.ToString().ShouldBeEmpty();
        errors.ToString().ShouldStartWith("URTEIL: nicht geprüft (bad-");
        errors.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_memory_that_cannot_be_used_or_is_in_use_is_told()
    {
        await using var site = await FakeSite.StartAsync(20);
        await File.WriteAllTextAsync(
            _watchdog.FileAt("file"),
            "",
            TestContext.Current.CancellationToken
        );
        (
            await _watchdog.CheckAsync(site, r => r with { State = _watchdog.FileAt("file") })
        ).ShouldBeUnchecked("state-unusable");
        using (Saved.Open(_watchdog.State, site.Key.Name))
        {
            (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("state-unusable");
        }

        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var saved = Directory
            .GetFiles(_watchdog.State, "*.checkpoint", SearchOption.AllDirectories)
            .ShouldHaveSingleItem();
        await File.WriteAllTextAsync(saved, "x", TestContext.Current.CancellationToken);
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("state-unusable");
    }

    [Theory]
    [InlineData("https://a.example", "https://a.example/")]
    [InlineData("a.example", "https://a.example/")]
    [InlineData("https://a.example/log/checkpoint", "https://a.example/")]
    [InlineData("https://a.example/log/", "https://a.example/")]
    [InlineData("https://a.example/pruefen?x#y", "https://a.example/")]
    [InlineData("http://a.example:81/zusagen", "http://a.example:81/zusagen/")]
    public void The_addresses_that_people_copy_all_lead_to_the_site(string typed, string site) =>
        Places.Site(typed).ToString().ShouldBe(site);

    public void Dispose() => _watchdog.Dispose();
}
