using System.Net;
using System.Text.Json.Nodes;
using Testing;
using Web.Accounts;

namespace Web.Tests.Api;

/// <summary>Four eyes: what is proposed, who may say yes, and what becomes of it.</summary>
public sealed class SubmissionTests : IAsyncLifetime
{
    private const string Events = "promises/musterstadt-zusage-1/events";
    private LedgerSite _site = null!;
    private Writer _author = null!;
    private Writer _reviewer = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        _author = await _site.WriterAsync(Role.Contributor);
        _reviewer = await _site.WriterAsync(Role.Editor);
        foreach (
            var (path, body) in ((string, string)[])
                [
                    ("councils", Town.Council),
                    ("sources", Town.Source),
                    ("promises", Town.Promise(term: "musterstadt-2020")),
                ]
        )
        {
            await AcceptAsync(await ProposeAsync(path, body));
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task<string> ProposeAsync(
        string path,
        string body,
        long? version = null,
        Writer? by = null
    )
    {
        var answer = await (by ?? _author).Http.PostAsync(path, body, version);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, text);
        var id = (string)JsonNode.Parse(text)!["id"]!;
        answer.Headers.Location!.OriginalString.ShouldBe($"/api/v1/submissions/{id}");
        return id;
    }

    private async Task<JsonNode> AcceptAsync(string id, Writer? by = null) =>
        await (await (by ?? _reviewer).Http.ActAsync($"submissions/{id}/accept")).CreatedAsync();

    [Fact]
    public async Task What_another_person_accepts_is_recorded_under_both_pseudonyms()
    {
        var id = await ProposeAsync(Events, Town.Event("started"), 1);
        (await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken)).ShouldBe(
            3
        );

        var answer = await _reviewer.Http.ActAsync($"submissions/{id}/accept");
        var entry = await answer.CreatedAsync();

        answer.Headers.Location!.OriginalString.ShouldBe($"/api/v1/events/{entry["id"]}");
        ((string?)entry["recordedBy"]).ShouldBe(_author.Person.Pseudonym);
        ((string?)entry["reviewedBy"]).ShouldBe(_reviewer.Person.Pseudonym);
        var submission = await _author.Http.GetJsonAsync($"submissions/{id}");
        ((string?)submission["state"]).ShouldBe("accepted");
        ((string?)submission["recorded"]).ShouldBe($"/api/v1/events/{entry["id"]}");
    }

    [Fact]
    public async Task Nobody_accepts_what_they_proposed_themselves_with_whatever_key()
    {
        var id = await ProposeAsync(Events, Town.Event("started"), 1, _reviewer);
        var secondKey = await _site.WriterAsync(_reviewer.Person);

        foreach (var key in (Writer[])[_reviewer, secondKey])
        {
            await (await key.Http.ActAsync($"submissions/{id}/accept")).ProblemAsync(
                403,
                "forbidden"
            );
            await (
                await key.Http.PostAsync($"submissions/{id}/reject", """{"reason":"nein"}""")
            ).ProblemAsync(403, "forbidden");
        }

        (await AcceptAsync(id, await _site.WriterAsync())).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_contributor_sees_only_their_own_and_decides_nothing()
    {
        var id = await ProposeAsync(Events, Town.Event("started"), 1);
        var other = await _site.WriterAsync(Role.Contributor);

        await (
            await other.Http.GetAsync(
                new Uri($"/api/v1/submissions/{id}", UriKind.Relative),
                TestContext.Current.CancellationToken
            )
        ).ProblemAsync(404, "not-found");
        await (await other.Http.ActAsync($"submissions/{id}/withdraw")).ProblemAsync(
            404,
            "not-found"
        );
        await (await other.Http.ActAsync($"submissions/{id}/accept")).ProblemAsync(
            403,
            "forbidden"
        );
        (await other.Http.GetJsonAsync("submissions"))["items"]!.AsArray().ShouldBeEmpty();
        (await _author.Http.GetJsonAsync("submissions?state=open"))["items"]!
            .AsArray()
            .Count.ShouldBe(1);
        (await _reviewer.Http.GetJsonAsync("submissions?state=open"))["items"]!
            .AsArray()
            .Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_proposals_of_one_author_stand_side_by_side()
    {
        var first = await ProposeAsync(Events, Town.Event("started"), 1);
        var second = await ProposeAsync(Events, Town.Event("started"), 1);

        first.ShouldNotBe(second);
        (await AcceptAsync(first)).ShouldNotBeNull();

        // Decided anew against the stream as it is now: no version is asked of the reviewer.
        ((long)(await AcceptAsync(second))["version"]!).ShouldBe(3);
    }

    [Fact]
    public async Task What_the_record_has_overtaken_returns_to_its_author_with_the_reason()
    {
        var completed = await ProposeAsync(
            Events,
            Town.Event("completed", fields: "\"extent\":\"whole\""),
            1
        );
        var abandoned = await ProposeAsync(
            Events,
            Town.Event(
                "abandoned",
                "2024-06",
                "\"reason\":\"noMoney\",\"explanation\":{\"de\":\"Kein Geld.\"}"
            ),
            1
        );
        await AcceptAsync(completed);

        var refused = await _reviewer.Http.ActAsync($"submissions/{abandoned}/accept");

        ((int)refused.StatusCode).ShouldBe(409);
        var problem = await refused.JsonAsync();
        ((string?)problem["submission"]).ShouldBe($"/api/v1/submissions/{abandoned}");
        var returned = await _author.Http.GetJsonAsync($"submissions/{abandoned}");
        ((string?)returned["state"]).ShouldBe("returned");
        ((string?)returned["reason"]!["en"]).ShouldBe((string?)problem["detail"]);
        await (await _reviewer.Http.ActAsync($"submissions/{abandoned}/accept")).ProblemAsync(
            409,
            "submission-closed"
        );
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_and_is_final()
    {
        var id = await ProposeAsync(Events, Town.Event("started"), 1);

        await (
            await _reviewer.Http.PostAsync($"submissions/{id}/reject", """{"reason":" "}""")
        ).ProblemAsync(422, "malformed");
        var rejected = await (
            await _reviewer.Http.PostAsync(
                $"submissions/{id}/reject",
                """{"reason":"Nur beraten."}"""
            )
        ).JsonAsync();
        ((string?)rejected["state"]).ShouldBe("rejected");
        ((string?)rejected["reason"]!["de"]).ShouldBe("Nur beraten.");
        await (await _reviewer.Http.ActAsync($"submissions/{id}/accept")).ProblemAsync(
            409,
            "submission-closed"
        );
        await (await _author.Http.ActAsync($"submissions/{id}/withdraw")).ProblemAsync(
            409,
            "submission-closed"
        );
        (await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken)).ShouldBe(
            3
        );
    }

    [Fact]
    public async Task Its_author_takes_a_proposal_back()
    {
        var id = await ProposeAsync(Events, Town.Event("started"), 1);

        await (await _reviewer.Http.ActAsync($"submissions/{id}/withdraw")).ProblemAsync(
            403,
            "forbidden"
        );
        (
            (string?)
                (await (await _author.Http.ActAsync($"submissions/{id}/withdraw")).JsonAsync())[
                    "state"
                ]
        ).ShouldBe("withdrawn");
        await (await _reviewer.Http.ActAsync($"submissions/{id}/accept")).ProblemAsync(
            409,
            "submission-closed"
        );
    }

    [Fact]
    public async Task Of_many_who_accept_at_once_one_does()
    {
        var id = await ProposeAsync(Events, Town.Event("started"), 1);
        var editors = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _site.WriterAsync()));

        var answers = await Task.WhenAll(
            editors.Select(e => e.Http.ActAsync($"submissions/{id}/accept"))
        );

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
        (await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken)).ShouldBe(
            4
        );
    }

    [Fact]
    public async Task A_key_makes_a_proposal_and_its_acceptance_happen_once()
    {
        var body = Town.Event("started");
        var twins = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => _author.Http.PostAsync(Events, body, 1, "p-1"))
        );
        twins.ShouldAllBe(t => t.StatusCode == HttpStatusCode.Accepted);
        var bodies = await Task.WhenAll(twins.Select(t => t.JsonAsync()));
        bodies.Select(b => b.ToJsonString()).Distinct().Count().ShouldBe(1);
        var id = (string)bodies[0]["id"]!;

        using var once = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/v1/submissions/{id}/accept"
        );
        once.Headers.Add("Idempotency-Key", "a-1");
        using var again = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/v1/submissions/{id}/accept"
        );
        again.Headers.Add("Idempotency-Key", "a-1");
        var first = await (
            await _reviewer.Http.SendAsync(once, TestContext.Current.CancellationToken)
        ).CreatedAsync();
        var second = await (
            await _reviewer.Http.SendAsync(again, TestContext.Current.CancellationToken)
        ).CreatedAsync();
        second.ToJsonString().ShouldBe(first.ToJsonString());

        // The proposal's replay still says what it said, though it is decided by now.
        (await (await _author.Http.PostAsync(Events, body, 1, "p-1")).JsonAsync())
            .ToJsonString()
            .ShouldBe(bodies[0].ToJsonString());
        await (await _author.Http.PostAsync(Events, Town.Event("stalled"), 2, "p-1")).ProblemAsync(
            422,
            "idempotency-key-reused"
        );
    }

    [Fact]
    public async Task The_review_shows_what_would_change()
    {
        await AcceptAsync(await ProposeAsync(Events, Town.Event("started", "2021"), 1));
        var id = await ProposeAsync(
            Events,
            Town.Event(
                "completed",
                "2024-05-01",
                "\"extent\":\"whole\"",
                "https://musterstadt.example/fertig"
            ),
            2
        );

        var review = (await _reviewer.Http.GetJsonAsync($"submissions/{id}"))["review"]!;

        ((string?)review["statusBefore"]).ShouldBe("started");
        ((string?)review["statusAfter"]).ShouldBe("fulfilled");
        review["refusal"].ShouldBeNull();
        ((long)review["currentVersion"]!).ShouldBe(2);
        review["changes"]!
            .AsArray()
            .Select(c => (string)c!["pointer"]!)
            .ShouldBe(["/status", $"/entries/{id}"], ignoreOrder: true);
        review["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_review_shows_the_field_that_a_correction_changes()
    {
        var funded = await AcceptAsync(
            await ProposeAsync(
                Events,
                Town.Event("funded", fields: "\"amount\":\"100.00\",\"kind\":\"own\""),
                1
            )
        );
        var correction = $$"""
            "event":"{{funded[
                "id"
            ]}}","field":"amount","from":"100.00","to":"120.00","reason":{"de":"Zahlendreher."}
            """;
        var id = await ProposeAsync(Events, Town.Event("corrected", "2024-06", correction), 2);
        var twin = await ProposeAsync(Events, Town.Event("corrected", "2024-06", correction), 2);

        var change = (await _reviewer.Http.GetJsonAsync($"submissions/{id}"))["review"]!["changes"]!
            .AsArray()
            .ShouldHaveSingleItem()!;
        ((string?)change["pointer"]).ShouldBe($"/entries/{funded["id"]}/amount");
        ((string?)change["from"]).ShouldBe("100.00");
        ((string?)change["to"]).ShouldBe("120.00");

        await AcceptAsync(id);
        (await _reviewer.Http.GetJsonAsync($"submissions/{twin}"))["review"]!
            ["refusal"]
            .ShouldNotBeNull();
    }

    [Fact]
    public async Task The_review_warns()
    {
        await AcceptAsync(
            await ProposeAsync(
                "councils/musterstadt/events",
                Town.Event("termBegan", "2020-11-01", "\"term\":\"musterstadt-2020\""),
                1
            )
        );
        await AcceptAsync(
            await ProposeAsync(
                "councils/musterstadt/events",
                Town.Event("termEnded", "2025-10-31", "\"term\":\"musterstadt-2020\""),
                2
            )
        );
        await AcceptAsync(await ProposeAsync(Events, Town.Event("started", "2021"), 1));

        var id = await ProposeAsync(
            Events,
            Town.Event(
                "completed",
                "2026-01",
                "\"extent\":\"partial\",\"scope\":\"part\"",
                "https://musterstadt.example/meldung/#mitte"
            ),
            2
        );

        var warnings = (await _reviewer.Http.GetJsonAsync($"submissions/{id}"))["review"]![
            "warnings"
        ]!.AsArray();
        warnings
            .Select(w => (string)w!["code"]!)
            .ShouldBe(["evidence-used", "outside-term", "part-completes"]);
        warnings.ShouldAllBe(w => ((string)w!["sentence"]!["de"]!).Length > 20);
    }

    [Fact]
    public async Task A_reply_keeps_no_copy_of_what_is_personal()
    {
        var started = await AcceptAsync(
            await ProposeAsync(Events, Town.Event("started", "2021"), 1)
        );
        var id = await ProposeAsync(
            Events,
            Town.Event(
                "stated",
                "2024-06-01",
                $$"""
                "about":"{{started[
                    "id"
                ]}}","stance":"contests","function":"Fraktion Muster","name":"Erika Beispiel","text":"So war es nicht."
                """
            ),
            2
        );

        var stated = await AcceptAsync(id);

        ((string?)stated["event"]!["name"]).ShouldBe("Erika Beispiel");
        (
            (string?)(await _site.Http.GetJsonAsync($"events/{stated["id"]}"))["event"]!["text"]
        ).ShouldBe("So war es nicht.");
        var promise = await _site.Http.GetJsonAsync("promises/musterstadt-zusage-1");
        ((bool)promise["disputed"]!).ShouldBeTrue();
        ((string?)promise["timeline"]!.AsArray()[^1]!["entry"]!["event"]!["name"]).ShouldBe(
            "Erika Beispiel"
        );
        (
            await _site.Database.AskAsync<long>(
                "select count(*) from ledger.mt_events where data::text ~ 'Erika|So war'"
            )
        ).ShouldBe(0);
        (
            await _site.Database.AskAsync<long>(
                "select count(*) from ledger.submission where data::text ~ 'Erika|So war'"
            )
        ).ShouldBe(0);
        (
            await _site.Database.AskAsync<long>(
                "select count(*) from ledger.kept_answer where answer::text ~ 'Erika|So war'"
            )
        ).ShouldBe(0);
        (
            await _site.Database.AskAsync<long>(
                "select count(*) from ledger.disclosure where value ~ 'Erika|So war'"
            )
        ).ShouldBe(2);
    }
}
