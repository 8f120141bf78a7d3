using Ledger.Submissions;
using Web.Accounts;
using Web.Api.Description;
using Web.Api.Importing;
using Web.Api.Limits;
using Web.Api.People;
using Web.Api.Problems;
using Web.Api.Reads;
using Web.Api.Recording;
using Web.Api.Submissions;
using Web.Api.Wire;

namespace Web.Api;

/// <summary>The HTTP API, version 1: what is described at <c>/openapi/v1.json</c> and in docs/api.md.</summary>
public static class ApiRoutes
{
    internal const string Readers = "readers";

    public static void AddApi(this IServiceCollection services, bool fourEyes)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        services.AddDescription();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<SubmissionStore>();
        services.AddSingleton<KeptAnswers>();
        services.AddHostedService<ForgetAnswers>();
        services.AddProxies();
        services.AddRateLimits();
        services.AddSingleton(new ReviewRule(fourEyes));
        services.AddCors(cors =>
            cors.AddPolicy(
                Readers,
                policy =>
                    policy
                        .AllowAnyOrigin()
                        .WithMethods("GET", "HEAD")
                        .AllowAnyHeader()
                        .WithExposedHeaders("ETag", "Link", "Last-Modified")
            )
        );
    }

    /// <summary>What looks at every request before its endpoint: after routing, before pages can fail it.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseProblems();
        app.UseCors();
        app.UseKeys();
        app.UseRateLimiter();
    }

    /// <summary>All operations.</summary>
    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapFallback("/api/{**anything}", UnknownAddress.AnswerAsync);

        var reads = app.MapGroup("/api/v1")
            .RequireCors(Readers)
            .WithTags("read")
            .LimitReads()
            .Refuses(400, 404, 429, 503);
        ListMunicipalities.Map(reads);
        ListSources.Map(reads);
        ListPromises.Map(reads);
        ReadPromise.Map(reads);
        ListCommittees.Map(reads);
        ListTargets.Map(reads);
        ReadEvents.Map(reads);
        ReadStatistics.Map(reads);

        var writes = app.MapGroup("/api/v1").WithTags("write").Refuses(503);
        OpenStream.Map(writes);
        RecordEvent.Map(writes);
        ImportEvents.Map(writes);

        var review = app.MapGroup("/api/v1").WithTags("review").Refuses(503);
        ReadSubmissions.Map(review);
        DecideSubmission.Map(review);
        ReadInstallation.Map(reads, review);

        ManagePeople.Map(app.MapGroup("/api/v1").WithTags("people").Refuses(503));
    }
}
