using System.Net;
using Ledger.EventStore;
using Ledger.Transparency;
using Testing;
using Web.Hosting;
using Web.Tests.Hosting;

namespace Web.Tests.Log;

/// <summary>The whole program: kill -9 while it seals and signs, a restored old database, a key file that does not fit.</summary>
public sealed class ProgramLogTests
{
    [Fact]
    public async Task Killing_the_program_again_and_again_leaves_the_log_whole_and_what_was_seen_true()
    {
        await using var program = new Hosting.Program(2_000);
        var seen = new Dictionary<long, string>();
        var random = new Random(2035);
        for (var n = 0; n < Math.Max(3, Load.Times(30)); n++)
        {
            program.Start("--urls", "http://127.0.0.1:0");
            var address = await program.AddressAsync();
            using var http = new HttpClient { BaseAddress = address };
            var until = TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(20, 1_500));
            while (TimeProvider.System.GetUtcNow() < until)
            {
                if (await NoteAsync(http) is { } note)
                {
                    Remember(seen, note);
                }
            }

            await program.KillAsync();
        }

        program.Start("--urls", "http://127.0.0.1:0");
        using var last = new HttpClient { BaseAddress = await program.AddressAsync() };
        await UntilAsync(last, 2_000);
        Remember(seen, (await NoteAsync(last))!);
        (await program.InterruptAsync()).ShouldBe(0);
        (await program.RunAsync("check")).ShouldBe(0, program.Output.ToString());
        seen.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_restored_old_database_is_served_and_never_signed()
    {
        await using var program = new Hosting.Program(20);
        var log = new LogFolder(Path.Combine(program.Data, "log"));
        var old = Path.Combine(program.Data, "..", "old");
        await ServeAsync(program, 20);
        CopyFolder(Path.Combine(program.Data, "postgres"), old);
        await RecordAsync(program, 30);
        await ServeAsync(program, 50);
        var signed = await File.ReadAllTextAsync(log.GuardFile);

        Directory.Delete(Path.Combine(program.Data, "postgres"), recursive: true);
        CopyFolder(old, Path.Combine(program.Data, "postgres"));

        program.Start("--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };
        await HealthSaysAsync(http, "it is older");
        (await program.RunBesideAsync("log", "adopt")).ShouldBe(1);
        (await http.GetStringAsync("/pruefen")).ShouldContain("Zurzeit wird nicht unterschrieben.");
        (await File.ReadAllTextAsync(log.GuardFile)).ShouldBe(signed);
        (await program.InterruptAsync()).ShouldBe(0);
        (await program.RunAsync("check")).ShouldBe(1);
        program.Output.ToString().ShouldContain("it is older");
    }

    [Fact]
    public async Task A_key_file_that_does_not_fit_is_said_and_nothing_is_signed()
    {
        await using var program = new Hosting.Program(5);
        var log = new LogFolder(Path.Combine(program.Data, "log"));
        await ServeAsync(program, 5);
        var origin = Checkpoint.Parse(log.ReadGuard()!.Text).Origin;
        File.Delete(log.KeyFile);
        log.WriteKey(SigningKey.Generate(origin));
        await RecordAsync(program, 3);

        program.Start("--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };
        await HealthSaysAsync(http, "does not fit");
        Checkpoint.Parse((await NoteAsync(http))!.Text).Size.ShouldBeLessThan(9 + 3);
        (await program.RunBesideAsync("log", "adopt")).ShouldBe(1);
        (await program.RunBesideAsync("key", "create")).ShouldBe(1);
        (await program.RunBesideAsync("log", "adopt", "--new-key")).ShouldBe(0);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            (await http.GetAsync("/health/ledger", patience.Token)).StatusCode != HttpStatusCode.OK
        )
        {
            await Task.Delay(100, patience.Token);
        }

        (await http.GetStringAsync("/log/policy")).ShouldContain("# signed checkpoints up to size");
        (await program.InterruptAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_check_names_a_row_of_a_read_model_and_an_index_that_somebody_changed()
    {
        await using var program = new Hosting.Program(5);
        await ServeAsync(program, 5);
        (await program.RunAsync("check")).ShouldBe(0, program.Output.ToString());
        await DamageAsync(
            program,
            """
            update timelines.promise set status = 'fulfilled' where ctid in (select ctid from timelines.promise limit 1);
            alter table ledger.log_index disable trigger all;
            delete from ledger.log_index where idx = 3
            """
        );

        (await program.RunAsync("check")).ShouldBe(1);
        var said = program.Output.ToString();
        said.ShouldContain("timelines.promise differs from the record");
        said.ShouldContain("1 events have no index");
    }

    // With all rights, as whoever owns the machine has them.
    private static async Task DamageAsync(Hosting.Program program, string sql)
    {
        var settings = new LedgerSettings(null, null, program.Data, "", null);
        await using var ledger = await OpenLedger.OpenAsync(settings, Progress.Silent);
        await using var superuser = Npgsql.NpgsqlDataSource.Create(ledger.OwnerAddress!);
        await using var command = superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ServeAsync(Hosting.Program program, long atLeast)
    {
        program.Start("--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = await program.AddressAsync() };
        await UntilAsync(http, atLeast);
        (await program.InterruptAsync()).ShouldBe(0);
    }

    // While the program is stopped; sealed when it starts again.
    private static async Task RecordAsync(Hosting.Program program, int count)
    {
        var settings = new LedgerSettings(null, null, program.Data, "", null);
        await using var ledger = await OpenLedger.OpenAsync(settings, Progress.Silent);
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(9_000, count)
                .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n)))
        );
    }

    private static async Task UntilAsync(HttpClient http, long size)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await NoteAsync(http) is not { } note || Checkpoint.Parse(note.Text).Size < size)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task<SignedNote?> NoteAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/log/checkpoint");
        return answer.IsSuccessStatusCode
            ? SignedNote.Parse(await answer.Content.ReadAsByteArrayAsync())
            : null;
    }

    private static void Remember(Dictionary<long, string> seen, SignedNote note)
    {
        var size = Checkpoint.Parse(note.Text).Size;
        if (seen.TryGetValue(size, out var known))
        {
            note.ToString().ShouldBe(known);
        }

        seen[size] = note.ToString();
    }

    private static async Task HealthSaysAsync(HttpClient http, string sentence)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await http.GetAsync("/health/ledger", patience.Token);
            if (
                (await answer.Content.ReadAsStringAsync(patience.Token)).Contains(
                    sentence,
                    StringComparison.Ordinal
                )
            )
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                return;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    // With owners and modes: as root the server runs as somebody else.
    private static void CopyFolder(string from, string to)
    {
        using var copy = System.Diagnostics.Process.Start("cp", ["-a", from, to]);
        copy.WaitForExit();
        copy.ExitCode.ShouldBe(0);
    }
}
