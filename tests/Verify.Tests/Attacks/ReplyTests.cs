using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>Name and text of statements: the log holds salted digests, the site shows the values and what opens the digests.</summary>
public sealed class ReplyTests : IDisposable
{
    private const string Subject = "promise:musterstadt-zusage-3";
    private static readonly string s_name = Disclosed("salzEins", "name", "Erna Erfunden");
    private static readonly string s_text = Disclosed("salzZwei", "text", "Das war „anders“.");
    private readonly Watchdog _watchdog = new();
    private int _reply;

    [Fact]
    public async Task What_a_reply_shows_is_held_against_what_was_signed()
    {
        await using var site = await StartAsync();
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task Another_wording_is_found()
    {
        await using var site = await StartAsync();
        Event(site)["text"] = "Das war genau so.";
        await ShouldBeAlteredAsync(site);
    }

    [Fact]
    public async Task Another_wording_with_an_opening_of_its_own_is_found()
    {
        await using var site = await StartAsync();
        Event(site)["text"] = "Das war genau so.";
        site.Views[_reply]["disclosures"] = new JsonArray(
            s_name,
            Disclosed("salzZwei", "text", "Das war genau so.")
        );
        await ShouldBeAlteredAsync(site);
    }

    [Fact]
    public async Task A_wording_that_is_shown_and_not_opened_is_found()
    {
        await using var site = await StartAsync();
        site.Views[_reply]["disclosures"] = new JsonArray(s_name);
        await ShouldBeAlteredAsync(site);
        site.Views[_reply].Remove("disclosures");
        await ShouldBeAlteredAsync(site);
    }

    [Theory]
    [InlineData("no base64")]
    [InlineData("W10")]
    [InlineData("eyJhIjoxfQ")]
    public async Task An_opening_that_is_none_is_found(string disclosure)
    {
        await using var site = await StartAsync();
        site.Views[_reply]["disclosures"] = new JsonArray(s_name, s_text, disclosure);
        await ShouldBeAlteredAsync(site);
    }

    [Fact]
    public async Task The_words_of_another_reply_in_its_place_are_found()
    {
        await using var site = await StartAsync();
        var other = Disclosed("salzDrei", "text", "Ganz etwas anderes.");
        site.Log.Add(Subject, "stated", Data(Digest(other)));
        site.Publish(site.Log);
        Show(site, _reply, "Erna Erfunden", "Ganz etwas anderes.", s_name, other);
        Show(site, _reply + 1, null, "Ganz etwas anderes.", other);
        await ShouldBeAlteredAsync(site);
    }

    [Fact]
    public async Task After_an_erasure_nothing_is_shown_and_the_declaration_says_why()
    {
        await using var site = await StartAsync();
        site.Log.Add(Subject, "erased", Erased(Digest(s_name), Digest(s_text)));
        site.Publish(site.Log);
        Show(site, _reply, null, null);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task An_erasure_that_is_declared_after_the_checkpoint_accuses_nobody()
    {
        await using var site = await StartAsync();
        var note = site.Checkpoint;
        site.Log.Add(Subject, "erased", Erased(Digest(s_text)));
        site.Serve(site.Log);
        site.Checkpoint = note;
        Show(site, _reply, "Erna Erfunden", null, s_name);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task A_wording_that_is_concealed_and_not_declared_erased_is_found()
    {
        await using var site = await StartAsync();
        Show(site, _reply, "Erna Erfunden", null, s_name);
        var fault = (await _watchdog.CheckAsync(site)).ShouldBeFault("api-withholds");
        (fault.Index, fault.Subject).ShouldBe((_reply, Subject));
    }

    private async Task ShouldBeAlteredAsync(FakeSite site) =>
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(_reply);

    private async Task<FakeSite> StartAsync()
    {
        var site = await FakeSite.StartAsync(30);
        _reply = site.Log.Add(Subject, "stated", Data(Digest(s_name), Digest(s_text)));
        site.Publish(site.Log);
        Show(site, _reply, "Erna Erfunden", "Das war „anders“.", s_name, s_text);
        return site;
    }

    // As the site shows a reply: values in place of the digests, and beside it what opens them.
    private static void Show(
        FakeSite site,
        int index,
        string? name,
        string? text,
        params string[] disclosures
    )
    {
        var said = (JsonObject)site.Views[index]["event"]!;
        said.Remove("_sd");
        said.Remove("_sd_alg");
        (said["name"], said["text"]) = (name, text);
        site.Views[index]["disclosures"] = new JsonArray([.. disclosures.Select(d => (JsonNode)d)]);
    }

    private JsonObject Event(FakeSite site) => (JsonObject)site.Views[_reply]["event"]!;

    private static string Data(params string[] digests) =>
        $$"""{"_sd":[{{List(digests)}}],"_sd_alg":"sha-256","function":"Amt","recordedBy":"catalogue","reviewedBy":null,"stance":"explains"}""";

    private static string Erased(params string[] digests) =>
        $$"""{"digests":[{{List(digests)}}],"ground":{"de":"Auf Antrag."},"recordedBy":"operator","reviewedBy":null}""";

    private static string List(string[] digests) =>
        string.Join(',', digests.Order(StringComparer.Ordinal).Select(d => $"\"{d}\""));

    private static string Disclosed(string salt, string name, string value) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"[\"{salt}\",\"{name}\",\"{value}\"]"));

    private static string Digest(string disclosure) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(disclosure)));

    public void Dispose() => _watchdog.Dispose();
}
