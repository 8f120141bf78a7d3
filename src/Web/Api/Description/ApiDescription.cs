using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Web.Api.Description;

/// <summary>The API describes itself: OpenAPI 3.1 at <c>/openapi/v1.json</c>, the same as docs/openapi.json.</summary>
public static class ApiDescription
{
    public static void AddDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.ShouldInclude = api =>
                    api.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            }
        );
}
