using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ledger.Promises;
using Testing;

namespace Web.Tests.Hosting;

/// <summary>The program as an operator meets it: started, interrupted, killed, and told nonsense.</summary>
public sealed class ProgramTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    [Fact]
    public async Task It_starts_serves_and_leaves_nothing_running_after_an_interrupt()
    {
        await using var program = new Program(20);
        program.Start("--urls", AnyPort);
        var address = await program.AddressAsync();
        using var http = new HttpClient { BaseAddress = address };

        using var health = JsonDocument.Parse(await http.GetStringAsync("/health/ledger"));
        health.RootElement.GetProperty("status").GetString().ShouldBe("ok");
        health.RootElement.GetProperty("events").GetInt64().ShouldBe(22 + StatusRules.Version);
        health
            .RootElement.GetProperty("origin")
            .GetString()!
            .ShouldMatch(@"^local-[0-9a-f]{8}\.invalid/log$");
        program.PostmasterId().ShouldNotBeNull();

        (await program.InterruptAsync()).ShouldBe(0);
        program.PostmasterId().ShouldBeNull();

        // A second start records nothing twice and keeps the origin.
        program.Start("--urls", AnyPort);
        using var again = new HttpClient { BaseAddress = await program.AddressAsync() };
        using var second = JsonDocument.Parse(await again.GetStringAsync("/health/ledger"));
        foreach (var same in (string[])["status", "events", "origin"])
        {
            second
                .RootElement.GetProperty(same)
                .GetRawText()
                .ShouldBe(health.RootElement.GetProperty(same).GetRawText());
        }

        program.Errors.ToString().ShouldContain("on record already");
        (await program.InterruptAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_loses_and_doubles_nothing()
    {
        await using var program = new Program(1500);
        var random = new Random(20261122);
        for (var kill = 0; kill < Load.Times(60); kill++)
        {
            program.Start("--urls", AnyPort);
            await Task.Delay(random.Next(200, 2500));
            if (kill % 2 == 0)
            {
                await program.KillAsync();
            }
            else
            {
                program.KillPostgres();
                await Task.Delay(random.Next(0, 300));
                await program.KillAsync();
            }
        }

        program.Start("--urls", AnyPort);
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };
        using var health = JsonDocument.Parse(await http.GetStringAsync("/health/ledger"));
        health.RootElement.GetProperty("events").GetInt64().ShouldBe(1502 + StatusRules.Version);
        (await program.InterruptAsync()).ShouldBe(0);
        program.PostmasterId().ShouldBeNull();

        (await program.RunAsync("check")).ShouldBe(0, program.Output.ToString());
        program.Output.ToString().ShouldContain($"{1502 + StatusRules.Version} events is whole");
    }

    [Fact]
    public async Task PostgreSQL_killed_under_the_running_site_is_started_again()
    {
        await using var program = new Program(5);
        program.Start("--urls", AnyPort);
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };
        var before = await http.GetStringAsync("/health/ledger");

        program.KillPostgres();

        for (var tries = 0; tries < 150; tries++)
        {
            await Task.Delay(100);
            using var answer = await http.GetAsync("/health/ledger");
            if (answer.StatusCode == HttpStatusCode.OK && program.PostmasterId() is not null)
            {
                (await answer.Content.ReadAsStringAsync()).ShouldBe(before);
                return;
            }

            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        }

        Assert.Fail($"It did not come back: {program.Errors}");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await using var program = new Program(1);
        (await program.RunAsync("--urls", url)).ShouldBe(1);
        program.Errors.ToString().ShouldContain($"{url} is taken by another program");
        program.Errors.ToString().ShouldNotContain("   at ");
        program.PostmasterId().ShouldBeNull();
    }

    [Fact]
    public async Task A_local_log_is_not_served_to_the_world()
    {
        await using var program = new Program(1);
        (await program.RunAsync("--urls", "http://0.0.0.0:0")).ShouldBe(1);
        program.Errors.ToString().ShouldContain("reachable from outside");
    }

    [Fact]
    public async Task The_origin_is_fixed_once()
    {
        await using var program = new Program(1);
        (await program.RunAsync("init", "--origin", "https://zusagen.example/log")).ShouldBe(1);
        program.Errors.ToString().ShouldContain("without its scheme");
        (await program.RunAsync("init", "--origin", "zusagen.example/log")).ShouldBe(0);
        (await program.RunAsync("init", "--origin", "andere.example/log")).ShouldBe(1);
        program.Errors.ToString().ShouldContain("is zusagen.example/log for ever");
    }

    [Fact]
    public async Task Wrong_seeds_are_lines_and_exit_code_1()
    {
        await using var program = new Program(1);
        await File.AppendAllTextAsync(
            Path.Combine(program.Data, "..", "seeds", "promises", "alle.yaml"),
            "  - id: musterstadt-9\n    title: {de: X}\n"
        );
        (await program.RunAsync("seeds", "validate")).ShouldBe(1);
        program
            .Errors.ToString()
            .ShouldStartWith("seeds/promises/alle.yaml:12: the field 'lines' is missing");
        (await program.RunAsync("--urls", AnyPort)).ShouldBe(1);
        program.Errors.ToString().ShouldContain("seeds/promises/alle.yaml:12");
        program.Errors.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Fresh_makes_the_embedded_database_anew()
    {
        await using var program = new Program(2);
        (await program.RunAsync("init", "--origin", "zusagen.example/log")).ShouldBe(0);
        program.Start("up", "--fresh", "--urls", AnyPort);
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };
        (await http.GetStringAsync("/health/ledger")).ShouldContain(".invalid/log");
        (await program.InterruptAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_read_model_is_rebuilt_beside_the_running_site()
    {
        await using var program = new Program(50);
        program.Start("--urls", AnyPort);
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };

        (await program.RunBesideAsync("rebuild", "timelines")).ShouldBe(0);
        (await http.GetAsync("/health/ledger")).StatusCode.ShouldBe(HttpStatusCode.OK);
        program.PostmasterId().ShouldNotBeNull();
        (await program.RunBesideAsync("rebuild", "gibt-es-nicht")).ShouldBe(1);
        (await program.InterruptAsync()).ShouldBe(0);
    }
}
