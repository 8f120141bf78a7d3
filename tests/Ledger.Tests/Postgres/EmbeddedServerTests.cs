using System.Diagnostics;
using System.Globalization;
using Ledger.Postgres;
using Npgsql;

namespace Ledger.Tests.Postgres;

/// <summary>The life of the embedded server, on the real PostgreSQL of this machine.</summary>
public sealed class EmbeddedServerTests : ServerFolder
{
    [Fact]
    public async Task A_first_start_makes_a_database_that_only_the_socket_reaches()
    {
        var told = new List<string>();
        await using var server = await EmbeddedServer.StartAsync(Folder, Fast, told.Add, Ct);

        server.Owns.ShouldBeTrue();
        server.IsRunning.ShouldBeTrue();
        told.Count.ShouldBe(2);
        (await Ask(server, "show listen_addresses")).ShouldBe("");
        (await Ask(server, "show data_checksums")).ShouldBe("on");
        (await Ask(server, "show server_encoding")).ShouldBe("UTF8");
        (await Ask(server, "select 'Z' < 'a' and 'z' < 'ä'")).ShouldBe("True");
        (await Ask(server, "show max_connections")).ShouldBe("100");
        ModeOf(Path.Combine(Folder, "socket")).ShouldBe(OnlyOwner);
        ModeOf(Data).ShouldBe(OnlyOwner);
    }

    [Fact]
    public async Task By_default_a_commit_is_durable()
    {
        await using var server = await EmbeddedServer.StartAsync(Folder, ct: Ct);

        (await Ask(server, "show fsync")).ShouldBe("on");
        (await Ask(server, "show synchronous_commit")).ShouldBe("on");
        (await Ask(server, "show full_page_writes")).ShouldBe("on");
    }

    [Fact]
    public async Task Extra_settings_win_and_a_value_may_hold_a_quotation_mark()
    {
        var settings = Fast with
        {
            MaxConnections = 30,
            Extra = new Dictionary<string, string>
            {
                ["max_connections"] = "40",
                ["zusagen.wort"] = "it's",
            },
        };
        await using var server = await EmbeddedServer.StartAsync(Folder, settings, ct: Ct);

        (await Ask(server, "show max_connections")).ShouldBe("40");
        (await Ask(server, "show zusagen.wort")).ShouldBe("it's");
    }

    [Fact]
    public async Task A_second_start_finds_the_data_and_is_fast()
    {
        var watch = Stopwatch.StartNew();
        TimeSpan making;
        await using (var first = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
        {
            making = watch.Elapsed;
            await Run(first, "create table kept as select 7 as number");
        }
        LivingServers().ShouldBeEmpty();

        watch.Restart();
        await using var second = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);

        // A tenth of it on an idle machine.
        watch.Elapsed.ShouldBeLessThan(making);
        (await Ask(second, "select number from kept")).ShouldBe("7");
    }

    [Fact]
    public async Task A_second_holder_attaches_and_does_not_stop_the_server()
    {
        await using var owner = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);
        var guest = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);

        guest.Owns.ShouldBeFalse();
        guest.ConnectionString("a", "b").ShouldBe(owner.ConnectionString("a", "b"));
        await guest.DisposeAsync();

        (await Ask(owner, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_guest_becomes_the_owner_when_the_owner_has_gone()
    {
        var owner = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);
        await using var guest = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);
        await owner.DisposeAsync();
        guest.IsRunning.ShouldBeFalse();

        await guest.EnsureRunningAsync(Ct);

        guest.Owns.ShouldBeTrue();
        (await Ask(guest, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Ten_starts_at_once_share_one_server()
    {
        var all = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
        );

        all.Count(server => server.Owns).ShouldBe(1);
        LivingServers().Count.ShouldBe(1);
        foreach (var server in all)
            (await Ask(server, "select 1")).ShouldBe("1");
        foreach (var server in all.OrderBy(server => server.Owns))
            await server.DisposeAsync();
    }

    [Fact]
    public async Task After_kill_9_of_the_server_it_comes_back_with_everything_that_was_committed()
    {
        await using var server = await EmbeddedServer.StartAsync(
            Folder,
            Fast with
            {
                Durable = true,
            },
            ct: Ct
        );
        await Run(server, "create table kept(number int)");
        await Run(server, "insert into kept select generate_series(1, 1000)");
        await using var open = await Connect(server);
        await using (
            var uncommitted = new NpgsqlCommand("begin; insert into kept values (1001)", open)
        )
            await uncommitted.ExecuteNonQueryAsync(Ct);

        Kill9();
        await server.EnsureRunningAsync(Ct);

        (await Ask(server, "select count(*) from kept")).ShouldBe("1000");
    }

    [Fact]
    public async Task Asking_a_healthy_server_leaves_it_alone()
    {
        await using var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);
        var pid = Pid();

        await server.EnsureRunningAsync(Ct);

        Pid().ShouldBe(pid);
    }

    [Fact]
    public async Task A_pid_file_of_a_dead_process_is_no_obstacle()
    {
        await using (var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
            Kill9();
        File.Exists(PidFile).ShouldBeTrue();

        await using var again = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);

        (await Ask(again, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_pid_file_whose_number_now_belongs_to_another_process_is_no_obstacle()
    {
        await using (var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
            Kill9();
        // A process of the account that runs the server: PostgreSQL itself would refuse to start.
        using var sleep = Process.Start(AsOwnerOfData("/bin/sleep", "60"))!;
        try
        {
            string[] files = [PidFile, Path.Combine(Folder, "socket", ".s.PGSQL.5432.lock")];
            foreach (var file in files)
            {
                var lines = await File.ReadAllLinesAsync(file, Ct);
                lines[0] = sleep.Id.ToString(CultureInfo.InvariantCulture);
                await File.WriteAllLinesAsync(file, lines, Ct);
            }

            await using var again = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);

            (await Ask(again, "select 1")).ShouldBe("1");
        }
        finally
        {
            sleep.Kill();
        }
    }

    [Fact]
    public async Task A_copied_folder_does_not_lead_to_the_server_it_was_copied_from()
    {
        await using var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);
        await Run(server, "create table original()");
        await Run(server, "checkpoint");
        var copy = Folder + "-copy";
        Process.Start("cp", ["-a", Folder, copy])!.WaitForExit();
        try
        {
            await using var copied = await EmbeddedServer.StartAsync(copy, Fast, ct: Ct);

            copied.Owns.ShouldBeTrue();
            (await Ask(copied, "show data_directory")).ShouldBe(Path.Combine(copy, "postgres"));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task A_server_that_outlived_its_owner_is_adopted_and_stopped_by_the_next()
    {
        string binaries;
        await using (var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
            binaries = await Ask(server, "select setting from pg_config where name = 'BINDIR'");
        // What kill -9 of the application leaves: a server, and nobody who holds the lock.
        using (
            var start = Process.Start(
                AsOwnerOfData(
                    Path.Combine(binaries, "pg_ctl"),
                    "-D",
                    Data,
                    "-s",
                    "-w",
                    "-l",
                    "/dev/null",
                    "start"
                )
            )!
        )
            await start.WaitForExitAsync(Ct);
        var orphan = Pid();

        var adopted = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);

        adopted.Owns.ShouldBeTrue();
        Pid().ShouldBe(orphan);
        await adopted.DisposeAsync();
        LivingServers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_whose_files_were_replaced_under_it_is_restarted()
    {
        string binaries;
        string libraries;
        await using (var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
        {
            binaries = await Ask(server, "select setting from pg_config where name = 'BINDIR'");
            libraries = await Ask(server, "select setting from pg_config where name = 'PKGLIBDIR'");
        }
        Assert.SkipUnless(
            binaries.StartsWith("/usr/lib/postgresql/", StringComparison.Ordinal),
            "Needs Debian's layout."
        );
        // A second installation that can be broken: the same programs, the same libraries behind links.
        var other = Folder + "-other";
        var copy = Path.Combine(other, binaries[1..]);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        Process.Start("cp", ["-r", binaries, copy])!.WaitForExit();
        Process.Start("cp", ["-rs", libraries, Path.Combine(other, libraries[1..])])!.WaitForExit();
        Directory.CreateSymbolicLink(Path.Combine(other, "usr/share"), "/usr/share");
        try
        {
            await using var server = await EmbeddedServer.StartAsync(
                Folder,
                Fast with
                {
                    Binaries = copy,
                },
                ct: Ct
            );
            var before = Pid();
            File.Delete(Path.Combine(other, libraries[1..], "plpgsql.so"));

            await server.EnsureRunningAsync(Ct);

            Pid().ShouldNotBe(before);
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Theory]
    [InlineData("with a space")]
    [InlineData("Zusagen, für alle")]
    [InlineData(
        "much-longer-than-the-address-of-a-unix-socket-may-be-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    )]
    public async Task A_folder_whose_path_does_not_fit_a_socket_has_its_socket_elsewhere(
        string name
    )
    {
        var awkward = Path.Combine(Folder, name);
        await using var server = await EmbeddedServer.StartAsync(awkward, Fast, ct: Ct);

        (await Ask(server, "show data_directory")).ShouldBe(Path.Combine(awkward, "postgres"));
        var sockets = await Ask(server, "show unix_socket_directories");
        sockets.ShouldContain("/zusagenbuch-");
        ModeOf(sockets).ShouldBe(OnlyOwner);
        await server.StopAsync();
        Directory.Exists(sockets).ShouldBeFalse();
    }

    [Fact]
    public async Task Erasing_takes_the_data_and_leaves_other_files()
    {
        await using (var server = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))
        {
            await Run(server, "create table gone()");
            (await Refused(() => EmbeddedServer.EraseAsync(Folder))).ShouldContain("in use");
        }
        await File.WriteAllTextAsync(Path.Combine(Folder, "other.txt"), "stays", Ct);

        await EmbeddedServer.EraseAsync(Folder);

        Directory
            .GetFileSystemEntries(Folder)
            .Select(Path.GetFileName)
            .Order()
            .ShouldBe(["other.txt", "owner.lock"]);
        await using var fresh = await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct);
        (await Ask(fresh, "select to_regclass('gone') is null")).ShouldBe("True");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task A_cancelled_start_leaves_nothing_running(int milliseconds)
    {
        using var stop = new CancellationTokenSource();
        var start = EmbeddedServer.StartAsync(
            Folder,
            Fast,
            told =>
            {
                if (told.StartsWith("starting", StringComparison.Ordinal))
                    stop.CancelAfter(milliseconds);
            },
            stop.Token
        );
        try
        {
            await (await start).DisposeAsync(); // it was faster than the cancellation
        }
        catch (OperationCanceledException) { }

        await Task.Delay(300, Ct);
        LivingServers().ShouldBeEmpty();
    }
}
