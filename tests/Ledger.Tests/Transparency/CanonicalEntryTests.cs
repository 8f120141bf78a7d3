using System.Text;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Transparency;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>The canonical entry is a pure function; its bytes are what is signed, so they are written down here once and for all.</summary>
public sealed class CanonicalEntryTests
{
    private static readonly RecordedEvent s_funded = new(
        41,
        new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(1)).AddTicks(1_234_560),
        Guid.Parse("01930000-0000-7000-8000-00000000002a"),
        StreamKey.Promise("musterstadt-zusage-1"),
        3,
        "funded",
        Encoding.UTF8.GetBytes(
            """{"kind": "own", "amount": "5.00", "years": [2025.0, 1], "aäb": "\u20ac"}"""
        )
    );

    [Fact]
    public void Its_bytes_are_these_for_ever() =>
        Text(s_funded)
            .ShouldBe(
                """{"data":{"amount":"5.00","aäb":"€","kind":"own","years":[2025,1]},"datacontenttype":"application/json","""
                    + "\"dataschema\":\"urn:zusagenbuch:promise:funded:v1\",\"id\":\"01930000-0000-7000-8000-00000000002a\","
                    + "\"sequence\":\"00000000000000000041\",\"source\":\"https://zusagen.example/log\",\"specversion\":\"1.0\","
                    + "\"streamversion\":3,\"subject\":\"promise:musterstadt-zusage-1\",\"time\":\"2026-03-01T08:30:00.123456Z\","
                    + "\"type\":\"zusagenbuch.promise.funded.v1\"}"
            );

    [Theory]
    [InlineData("promise:a", "funding_withdrawn", "zusagenbuch.promise.fundingWithdrawn.v1")]
    [InlineData("promise:a", "funding_withdrawn_v2", "zusagenbuch.promise.fundingWithdrawn.v2")]
    [InlineData("method", "method_revised_v12", "zusagenbuch.method.methodRevised.v12")]
    [InlineData("council:a", "term_v", "zusagenbuch.council.termV.v1")]
    public void Its_type_names_stream_event_and_shape(
        string stream,
        string name,
        string expected
    ) => CanonicalEntry.TypeOf(StreamKey.Parse(stream), name).ShouldBe(expected);

    [Fact]
    public void Its_type_is_the_name_in_the_API_for_every_type_of_the_vocabulary()
    {
        foreach (var type in Vocabulary.All)
        {
            var stream =
                type.Streams[0] == StreamKind.Method || type.Streams[0] == StreamKind.Log
                    ? type.Streams[0].Name
                    : $"{type.Streams[0].Name}:a";
            CanonicalEntry
                .TypeOf(StreamKey.Parse(stream), type.Name)
                .ShouldBe($"zusagenbuch.{type.Streams[0].Name}.{type.ApiName}.v1");
        }
    }

    [Fact]
    public async Task Every_entry_of_the_record_is_canonical_to_itself_and_to_the_npm_package()
    {
        await using var ledger = await TestLedger.CreateAsync();
        for (var n = 0; n < 20; n++)
        {
            await ledger.Store.AppendAsync(
                Append.To(Sample.Stream(n), 0, Sample.Promised(n), new Reported().On("2024-21"))
            );
        }

        var entries = (await ledger.Store.ReadAllAsync(0, 100)).Select(Text).ToList();

        entries.Count.ShouldBe(40);
        foreach (var entry in entries)
        {
            Encoding
                .UTF8.GetString(Jcs.Canonicalize(Encoding.UTF8.GetBytes(entry)))
                .ShouldBe(entry);
            using var parsed = JsonDocument.Parse(entry);
            parsed.RootElement.GetProperty("specversion").GetString().ShouldBe("1.0");
        }

        Assert.SkipWhen(Npm.Missing is not null, Npm.Missing ?? "");
        (await Npm.RunAsync("canonicalize.mjs", string.Join('\n', entries)))
            .TrimEnd('\n')
            .Split('\n')
            .ShouldBe(entries);
    }

    private static string Text(RecordedEvent e) =>
        Encoding.UTF8.GetString(CanonicalEntry.Of("zusagen.example/log", e));
}
