using Microsoft.OpenApi;

namespace Web.Api.Description;

/// <summary>The API describes itself: OpenAPI 3.1 at <c>/openapi/v1.json</c>, the same as docs/openapi.json.</summary>
public static class ApiDescription
{
    /// <summary>Name of the way to let in, in the description.</summary>
    public const string Bearer = "key";

    public static void AddDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.ShouldInclude = api =>
                    api.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
                options.AddSchemaTransformer(SchemaForms.ShapeAsync);
                options.AddOperationTransformer(OperationForms.ShapeAsync);
                options.AddOperationTransformer(PullForms.ShapeAsync);
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        Introduce(document);
                        SchemaForms.Finish(document);
                        return Task.CompletedTask;
                    }
                );
            }
        );

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Zusagenbuch",
            Version = "v1",
            Description =
                "The public, append-only record of the promises of local government. Anyone reads; who holds a key proposes, and another "
                + "person accepts. docs/api.md tells it with examples.",
            Contact = new OpenApiContact { Name = "The operator of this installation" },
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new()
            {
                Name = "read",
                Description =
                    "For everyone. `stand` asks what was recorded by then, `zum` what had happened by then.",
            },
            new() { Name = "write", Description = "Recording; where review is on, proposing." },
            new() { Name = "review", Description = "The second pair of eyes." },
            new() { Name = "people", Description = "Who may write, and with which keys." },
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(
            StringComparer.Ordinal
        )
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "zb_…",
                Description = "A key from `./ledger user key add`, or from an administrator.",
            },
        };
    }
}
