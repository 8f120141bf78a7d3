using System.Net;
using System.Text;
using Ledger.EventStore;
using Ledger.Transparency;
using Testing;
using Web.Hosting;
using Web.Log;

namespace Web.Tests.Log;

/// <summary>A site whose checkpoints a witness cosigns, over HTTP.</summary>
public sealed class CosigningTests : IAsyncLifetime
{
    private readonly string _folder = Directory
        .CreateTempSubdirectory("zusagenbuch-witness-")
        .FullName;
    private readonly SigningKey _key = SigningKey.Generate(
        "witness.example/w1",
        NoteAlgorithm.Cosignature
    );
    private LedgerSite _site = null!;
    private Microsoft.AspNetCore.Builder.WebApplication? _witness;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        new LogFolder(_folder).WriteKey(_key);
    }

    public async ValueTask DisposeAsync()
    {
        if (_witness is not null)
        {
            await _witness.DisposeAsync();
        }

        await _site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_checkpoint_gets_the_cosignature_of_a_witness_and_the_policy_names_it()
    {
        var address = await StartWitnessAsync();
        await AskForAsync($"witness W {_key.Verifier} {address}\nquorum none\n");

        await RecordAsync(1);
        await CosignedAsync(1);
        (await TextAsync("/log/policy")).ShouldContain(
            $"witness W {_key.Verifier} {address}\nquorum none\n"
        );
        (await TextAsync("/log/proof/0.tlog-proof")).ShouldContain("— witness.example/w1 ");
        await RecordAsync(1);
        await CosignedAsync(2);
    }

    [Fact]
    public async Task With_a_quorum_readers_keep_the_older_checkpoint_until_it_is_met()
    {
        await RecordAsync(1);
        await _site.PublishedAsync();
        var address = await StartWitnessAsync(knowsLog: false);
        await AskForAsync($"witness W {_key.Verifier} {address}\nquorum W\n");

        await RecordAsync(1);
        await Task.Delay(1_500);
        Checkpoint
            .Parse(SignedNote.Parse(await TextAsync("/log/checkpoint")).Text)
            .Size.ShouldBe(1);
        (await StatusAsync("/log/tile/0/000.p/2")).ShouldBe(HttpStatusCode.NotFound);
        var health = await TextAsync("/health/ledger", HttpStatusCode.ServiceUnavailable);
        health.ShouldContain("does not know this log");
        health.ShouldContain("The quorum of witnesses in the policy is not met since ");
        health.ShouldContain(" (0 minutes): readers are kept at 1 entries.");

        await _witness!.DisposeAsync();
        await StartWitnessAsync(address: address);
        await RecordAsync(1);
        await CosignedAsync(3);
        (await TextAsync("/health/ledger")).ShouldContain("\"status\":\"ok\"");
    }

    [Fact]
    public async Task A_witness_that_saw_more_of_this_log_stops_the_signing()
    {
        // It cosigned five entries of this log, which were lost here.
        var origin = (await Origin.FixedAsync(_site.Ledger.Database))!;
        var key = _site.Log.ReadKey(origin);
        await File.WriteAllTextAsync(Path.Combine(_folder, "logs"), $"{key.Verifier}\n");
        new Witness(_key, [key.Verifier], _folder, TimeProvider.System)
            .Add(
                new AddCheckpoint(
                    0,
                    [],
                    new Checkpoint(origin, 5, new byte[32]).Sign(key)
                ).ToString()
            )
            .Status.ShouldBe(200);
        var address = await StartWitnessAsync();
        await AskForAsync($"witness W {_key.Verifier} {address}\nquorum none\n");

        await RecordAsync(1);
        await HealthSaysAsync("has cosigned 5 entries of this log, more than the");
        await RecordAsync(1);
        await Task.Delay(1_500);

        Checkpoint
            .Parse(SignedNote.Parse(await TextAsync("/log/checkpoint")).Text)
            .Size.ShouldBeLessThan(2);
    }

    [Fact]
    public async Task A_witness_that_is_not_there_holds_nothing_up_without_a_quorum()
    {
        await AskForAsync($"witness W {_key.Verifier} http://127.0.0.1:9/\nquorum none\n");

        await RecordAsync(1);
        await _site.PublishedAsync();

        await HealthSaysAsync("The witness W does not answer");
        var health = await TextAsync("/health/ledger");
        health.ShouldContain("\"status\":\"degraded\"");
        health.ShouldContain("\"faults\":[]");
    }

    [Fact]
    public async Task A_quorum_that_is_met_without_a_witness_that_is_not_there_is_no_fault()
    {
        var gone = SigningKey.Generate("witness.example/w2", NoteAlgorithm.Cosignature);
        var address = await StartWitnessAsync();
        await AskForAsync(
            $"witness W {_key.Verifier} {address}\nwitness X {gone.Verifier} http://127.0.0.1:9/\ngroup one 1 W X\nquorum one\n"
        );

        await RecordAsync(1);
        await CosignedAsync(1);

        await HealthSaysAsync("The witness X does not answer");
        (await TextAsync("/health/ledger")).ShouldContain("\"faults\":[]");
    }

    private async Task<string> StartWitnessAsync(bool knowsLog = true, string? address = null)
    {
        var origin = (await Origin.FixedAsync(_site.Ledger.Database))!;
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "logs"),
            knowsLog ? $"{_site.Log.ReadKey(origin).Verifier}\n" : ""
        );
        _witness = WitnessSite.Build(_folder, address ?? "http://127.0.0.1:0");
        return (await Site.ListenAsync(_witness, address ?? "http://127.0.0.1:0")).First();
    }

    private Task AskForAsync(string policy) => File.WriteAllTextAsync(_site.Log.PolicyFile, policy);

    private async Task RecordAsync(int count)
    {
        var first = (int)await _site.Ledger.Store.NextIndexAsync();
        await _site.Ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(first, count)
                .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n)))
        );
    }

    // Waits until readers see a cosigned checkpoint of that size.
    private async Task CosignedAsync(long size)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var answer = await _site.Http.GetAsync("/log/checkpoint", patience.Token);
            if (answer.IsSuccessStatusCode)
            {
                var note = SignedNote.Parse(
                    await answer.Content.ReadAsByteArrayAsync(patience.Token)
                );
                if (note.By(_key.Verifier) is not null && Checkpoint.Parse(note.Text).Size == size)
                {
                    return;
                }
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private async Task HealthSaysAsync(string sentence)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var answer = await _site.Http.GetAsync("/health/ledger", patience.Token);
            if (
                (await answer.Content.ReadAsStringAsync(patience.Token)).Contains(
                    sentence,
                    StringComparison.Ordinal
                )
            )
            {
                return;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _site.Http.GetAsync(path);
        return answer.StatusCode;
    }

    private async Task<string> TextAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await _site.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(status, path);
        return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }
}
