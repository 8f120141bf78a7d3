using System.Text.Json;
using Ledger.EventStore;
using Ledger.Importing;
using Ledger.Submissions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Web.Accounts;
using Web.Api.Limits;
using Web.Api.Problems;
using Web.Api.Recording;
using Web.Api.Wire;

namespace Web.Api.Importing;

/// <summary>
/// <c>POST /import</c>: a file of events, judged line by line and taken whole or not at all; a dry run unless asked otherwise. What is
/// imported once is known by its id, so the same file may be sent again.
/// </summary>
public static class ImportEvents
{
    /// <summary>Most bytes of a file.</summary>
    public const int LargestFile = 64 * 1024 * 1024;

    // Larger files wait on the disk until they are read to their end.
    private const int InMemory = 1024 * 1024;

    private static readonly IReadOnlyDictionary<string, ImportFormat> s_types = new Dictionary<
        string,
        ImportFormat
    >(StringComparer.OrdinalIgnoreCase)
    {
        ["application/jsonl"] = ImportFormat.JsonLines,
        ["application/x-ndjson"] = ImportFormat.JsonLines,
        ["application/yaml"] = ImportFormat.Yaml,
        ["text/csv"] = ImportFormat.Csv,
    };

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/import", PostAsync)
            .Need(Right.Propose)
            .OneAtATime()
            .Accepts<string>("application/jsonl", [.. s_types.Keys.Skip(1)])
            .Produces<ImportView>()
            .Produces<ImportView>(201)
            .Produces<ImportView>(202)
            .Refuses(400, 401, 403, 408, 413, 415, 422, 429)
            .WithName("importEvents")
            .WithSummary(
                "Judge a file of events line by line, and record or propose it whole or not at all."
            );

    /// <param name="record">Take it, if no line is refused. Without this nothing is changed, only reported.</param>
    public static async Task<IResult> PostAsync(bool? record, [AsParameters] Writing writing)
    {
        var format = FormatOf(writing.Request);
        await using var file = await ReadAsync(writing);
        var import = Guid.CreateVersion7();
        var importer = new Importer(
            writing.Store,
            writing.Clock,
            writing.Review.FourEyes
                ? ImportProposals.By(import, writing.Caller.Person.Id, writing.Clock)
                : null
        );
        var report = await RunAsync(importer, file, format, record == true, writing);
        var isTaken = report.Taken && report.Count(ImportOutcome.New) > 0;
        var view = ImportView.Of(report, isTaken && writing.Review.FourEyes ? import : null);
        if (record == true && !report.IsAccepted)
        {
            throw Refuse.Import(view);
        }

        var (status, location) =
            !isTaken ? (StatusCodes.Status200OK, null)
            : view.Import is null ? (StatusCodes.Status201Created, "/api/v1/events")
            : (StatusCodes.Status202Accepted, $"/api/v1/submissions?import={import}");
        return new Answer(status, location, JsonSerializer.SerializeToNode(view, ApiJson.Options));
    }

    private static async Task<ImportReport> RunAsync(
        Importer importer,
        Stream file,
        ImportFormat format,
        bool record,
        Writing writing
    )
    {
        try
        {
            return await importer.RunAsync(
                file,
                format,
                writing.Caller.Person.Pseudonym,
                record,
                writing.Cancellation
            );
        }
        catch (StaleVersionException)
        {
            throw Refuse.TooMany(
                "Others record on the same streams too fast for this file; send it again later."
            );
        }
    }

    // Read to its end before anything else: the judge reads without waiting, which a connection may not be read like.
    private static async Task<Stream> ReadAsync(Writing writing)
    {
        writing
            .Request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>()
            .MaxRequestBodySize = LargestFile;
        if (writing.Request.ContentLength > LargestFile)
        {
            throw Refuse.TooLarge(LargestFile);
        }

        var file = new FileBufferingReadStream(
            writing.Request.Body,
            InMemory,
            LargestFile,
            Path.GetTempPath()
        );
        try
        {
            await file.DrainAsync(writing.Cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static ImportFormat FormatOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && s_types.TryGetValue(type.MediaType.ToString(), out var format)
        && type.Charset.Value is null or "utf-8" or "UTF-8"
            ? format
            : throw Refuse.UnknownType(s_types.Keys);
}
