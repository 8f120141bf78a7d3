using System.Net;
using System.Net.Http.Headers;
using Testing;
using Web.Accounts;
using Web.Tests.Api;

namespace Web.Tests.Accounts;

/// <summary>Who may what, and with which keys.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await LedgerSite.StartAsync(seeds: false);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // What each role's key answers: proposing, listing submissions, accepting (of none), managing people.
    [Theory]
    [InlineData(null, 401, 401, 401, 401)]
    [InlineData(Role.Contributor, 202, 200, 403, 403)]
    [InlineData(Role.Editor, 202, 200, 404, 403)]
    [InlineData(Role.Administrator, 403, 403, 403, 200)]
    public async Task Each_role_may_its_own(
        Role? role,
        int propose,
        int list,
        int accept,
        int manage
    )
    {
        var http = role is { } r ? (await _site.WriterAsync(r)).Http : _site.Http;

        ((int)(await http.PostAsync("councils", Town.Council)).StatusCode).ShouldBe(propose);
        ((int)(await http.GetAsync("/api/v1/submissions", Stop)).StatusCode).ShouldBe(list);
        (
            (int)(await http.ActAsync($"submissions/{Guid.CreateVersion7()}/accept")).StatusCode
        ).ShouldBe(accept);
        ((int)(await http.GetAsync("/api/v1/people", Stop)).StatusCode).ShouldBe(manage);
        ((int)(await http.GetAsync("/api/v1/me", Stop)).StatusCode).ShouldBe(
            role is null ? 401 : 200
        );
        ((int)(await http.GetAsync("/api/v1/promises", Stop)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_key_may_no_more_than_its_scopes()
    {
        var reviewing = await _site.WriterAsync(Role.Editor, Right.Review);

        await (await reviewing.Http.PostAsync("councils", Town.Council)).ProblemAsync(
            403,
            "forbidden"
        );
        ((int)(await reviewing.Http.GetAsync("/api/v1/submissions", Stop)).StatusCode).ShouldBe(
            200
        );

        // A scope gives no right that the role has not.
        var contributor = await _site.WriterAsync(
            Role.Contributor,
            Right.Propose,
            Right.Review,
            Right.Administer
        );
        ((int)(await contributor.Http.GetAsync("/api/v1/people", Stop)).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task A_key_that_was_revoked_expired_or_invented_lets_nobody_in()
    {
        var accounts = new AccountStore(_site.Ledger.Database);
        var revoked = await _site.WriterAsync();
        await accounts.RevokeAsync(revoked.Key.Prefix, Stop);
        var expired = await _site.WriterAsync();
        await _site.Database.RunAsync(
            $"update ledger.api_key set expires = now() - interval '1 second' where prefix = '{expired.Key.Prefix}'"
        );
        var disabled = await _site.WriterAsync();
        await accounts.DisableAsync(disabled.Person.Pseudonym, Stop);
        var right = await _site.WriterAsync();
        string[] invented =
        [
            $"Bearer {KeyText.New()}",
            $"Bearer {right.Key with { Secret = KeyText.New().Secret }}",
            $"Bearer zb_{right.Key.Prefix}_",
            $"Basic {right.Key}",
            "Bearer ' or 1=1 --",
            "Bearer " + new string('a', 5000),
        ];

        foreach (var http in (HttpClient[])[revoked.Http, expired.Http, disabled.Http])
        {
            await (await http.PostAsync("councils", Town.Council)).ProblemAsync(
                401,
                "unauthorized"
            );
        }

        foreach (var header in invented)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            var answer = await _site.Http.SendAsync(request, Stop);
            await answer.ProblemAsync(401, "unauthorized");
            answer.Headers.WwwAuthenticate.ShouldContain(new AuthenticationHeaderValue("Bearer"));
        }

        await accounts.EnableAsync(disabled.Person.Pseudonym, Stop);
        (await disabled.Http.PostAsync("councils", Town.Council)).StatusCode.ShouldBe(
            HttpStatusCode.Accepted
        );
    }

    [Fact]
    public async Task A_key_is_kept_hashed_and_shows_its_last_use()
    {
        var writer = await _site.WriterAsync();
        var accounts = new AccountStore(_site.Ledger.Database);
        (await accounts.KeysAsync(writer.Person.Pseudonym, Stop))
            .ShouldHaveSingleItem()
            .LastUsed.ShouldBeNull();

        await writer.Http.GetAsync("/api/v1/me", Stop);

        (await accounts.KeysAsync(writer.Person.Pseudonym, Stop))
            .ShouldHaveSingleItem()
            .LastUsed.ShouldNotBeNull();
        (
            await _site.Database.AskAsync<string>(
                "select string_agg(k::text, ' ') from ledger.api_key k"
            )
        ).ShouldNotContain(writer.Key.Secret);
    }

    [Fact]
    public async Task An_administrator_adds_a_person_and_a_key_over_HTTP()
    {
        var admin = (await _site.WriterAsync(Role.Administrator)).Http;

        var person = await (
            await admin.PostAsync("people", """{"name":"Erika Beispiel","role":"contributor"}""")
        ).CreatedAsync();
        var shown = await (
            await admin.PostAsync(
                $"people/{person["pseudonym"]}/keys",
                """{"label":"Einspielung","days":30}"""
            )
        ).CreatedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Authorization = new("Bearer", (string)shown["key"]!);
        (
            (string?)(await (await _site.Http.SendAsync(request, Stop)).JsonAsync())["pseudonym"]
        ).ShouldBe((string?)person["pseudonym"]);

        using var put = new HttpRequestMessage(
            HttpMethod.Put,
            $"/api/v1/people/{person["pseudonym"]}"
        )
        {
            Content = new StringContent(
                """{"role":"editor","disabled":true}""",
                new MediaTypeHeaderValue("application/json")
            ),
        };
        ((bool)(await (await admin.SendAsync(put, Stop)).JsonAsync())["disabled"]!).ShouldBeTrue();
        (await admin.GetJsonAsync($"people/{person["pseudonym"]}/keys"))["items"]!
            .AsArray()
            .Count.ShouldBe(1);
        (await admin.GetJsonAsync("people")).ToJsonString().ShouldNotContain((string)shown["key"]!);
        (
            await admin.DeleteAsync(
                new Uri($"/api/v1/keys/{shown["prefix"]}", UriKind.Relative),
                Stop
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (
            await admin.DeleteAsync(new Uri("/api/v1/keys/00000000", UriKind.Relative), Stop)
        ).ProblemAsync(404, "not-found");
        await (
            await admin.PostAsync("people", """{"name":"","role":"contributor"}""")
        ).ProblemAsync(422, "malformed");
        await (await admin.PostAsync("people", """{"name":"x","role":"king"}""")).ProblemAsync(
            422,
            "malformed"
        );
    }
}
