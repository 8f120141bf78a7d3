using System.Diagnostics;
using System.Globalization;
using Ledger.Postgres;
using Npgsql;

namespace Ledger.Tests.Postgres;

/// <summary>Every failure of the embedded server that was foreseen is one sentence.</summary>
public sealed class StartRefusedTests : ServerFolder
{
    [Fact]
    public async Task Data_of_another_major_version_is_refused()
    {
        await using (await EmbeddedServer.StartAsync(Folder, Fast, ct: Ct)) { }
        await File.WriteAllTextAsync(Path.Combine(Data, "PG_VERSION"), "99\n", Ct);

        var sentence = await Refused(() => EmbeddedServer.StartAsync(Folder, Fast, ct: Ct));

        sentence.ShouldContain("written by PostgreSQL 99, but only PostgreSQL 1");
        sentence.ShouldContain("install PostgreSQL 99");
    }

    [Fact]
    public async Task Missing_binaries_are_refused()
    {
        var empty = Programs();

        var sentence = await Refused(() =>
            EmbeddedServer.StartAsync(Folder, Fast with { Binaries = empty }, ct: Ct)
        );

        sentence.ShouldContain($"LEDGER_PG_BIN names {empty}");
    }

    [Fact]
    public async Task A_too_old_PostgreSQL_is_refused_with_the_command_that_helps()
    {
        var old = Programs(
            ("postgres", "echo 'postgres (PostgreSQL) 13.22'"),
            ("initdb", "exit 1"),
            ("pg_ctl", "exit 1")
        );

        var sentence = await Refused(() =>
            EmbeddedServer.StartAsync(Folder, Fast with { Binaries = old }, ct: Ct)
        );

        sentence.ShouldContain("PostgreSQL 13");
        sentence.ShouldContain("15 is the oldest");
        sentence.ShouldContain("apt-get install");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        (
            await Refused(() => EmbeddedServer.StartAsync("/proc/zusagenbuch", Fast, ct: Ct))
        ).ShouldContain("/proc/zusagenbuch cannot be used");
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_refused()
    {
        await File.WriteAllTextAsync(Folder, "", Ct);

        (await Refused(() => EmbeddedServer.StartAsync(Folder, Fast, ct: Ct))).ShouldContain(
            "cannot be used"
        );

        File.Delete(Folder);
    }

    [Fact]
    public async Task A_data_folder_with_strange_files_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "precious"), "", Ct);

        var sentence = await Refused(() => EmbeddedServer.StartAsync(Folder, Fast, ct: Ct));

        sentence.ShouldContain("holds files but no PostgreSQL database");
        File.Exists(Path.Combine(Data, "precious")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_full_disk_is_refused_as_such_and_works_once_there_is_room()
    {
        Directory.CreateDirectory(Folder);
        var disk = Path.Combine(Folder, "disk");
        Directory.CreateDirectory(disk);
        using (
            var mount = Process.Start(
                new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", disk])
                {
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!
        )
        {
            await mount.WaitForExitAsync(Ct);
            if (mount.ExitCode != 0)
            {
                var full = Programs(
                    ("postgres", "echo 'postgres (PostgreSQL) 17.1'"),
                    (
                        "initdb",
                        "echo 'initdb: error: could not write file: No space left on device' >&2; exit 1"
                    ),
                    ("pg_ctl", "exit 1")
                );
                (
                    await Refused(() =>
                        EmbeddedServer.StartAsync(Folder, Fast with { Binaries = full }, ct: Ct)
                    )
                ).ShouldContain("is full");
                return;
            }
        }
        try
        {
            (await Refused(() => EmbeddedServer.StartAsync(disk, Fast, ct: Ct))).ShouldContain(
                $"disk that holds {disk} is full"
            );

            Process.Start("mount", ["-o", "remount,size=200m", disk])!.WaitForExit();
            await using (await EmbeddedServer.StartAsync(disk, Fast, ct: Ct)) { }

            Process
                .Start("sh", ["-c", $"cat /dev/zero > '{disk}/fill' 2>/dev/null"])!
                .WaitForExit();
            (await Refused(() => EmbeddedServer.StartAsync(disk, Fast, ct: Ct))).ShouldContain(
                $"disk that holds {disk} is full"
            );

            File.Delete(Path.Combine(disk, "fill"));
            await using (await EmbeddedServer.StartAsync(disk, Fast, ct: Ct)) { }
        }
        finally
        {
            // A process that has just ended holds its folder for a moment longer.
            SpinWait
                .SpinUntil(() => Succeeds("umount", disk), TimeSpan.FromSeconds(5))
                .ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_server_that_does_not_come_up_is_refused_with_the_reason_from_its_log()
    {
        var settings = Fast with
        {
            Extra = new Dictionary<string, string> { ["shared_buffers"] = "nonsense" },
        };

        var sentence = await Refused(() => EmbeddedServer.StartAsync(Folder, settings, ct: Ct));

        sentence.ShouldContain("PostgreSQL did not start");
        sentence.ShouldContain("configuration file");
        sentence.ShouldNotContain("\n");
    }

    static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
