using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Projections.Feed;
using Web.Feeds;

namespace Web.Api.Description;

/// <summary>The further forms of <c>GET /events</c> (docs/feeds.md), which the generator cannot see behind one handler.</summary>
public static class PullForms
{
    public static Task ShapeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        if (operation.OperationId != "listEvents")
        {
            return Task.CompletedTask;
        }

        operation.Description +=
            " With `after`, `format`, a filter or one of the other media types it answers sealed entries instead, without `cursor`, `stand` and `zum`: "
            + "a CloudEvents batch of the exact entry bytes (the default), JSON Lines or CSV.";
        operation.Parameters ??= [];
        operation.Parameters.Add(
            Parameter(
                "after",
                "The log index of the last entry that you have; -1 for the beginning. `Link: rel=next` names the next page; `[]` is the end.",
                new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^(-1|\d{1,18})$" }
            )
        );
        operation.Parameters.Add(
            Parameter(
                "format",
                "What `Accept` would say, for links.",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. ((string[])["batch", "jsonl", "csv"]).Select(f => (JsonNode)f)],
                }
            )
        );
        foreach (var facet in Facet.All)
        {
            operation.Parameters.Add(
                Parameter(
                    facet.Name,
                    $"Only entries of these; repeat it for several. It is {facet.Expects}.",
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        MaxItems = 20,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    }
                )
            );
        }

        if (
            operation.Responses is { } responses
            && responses.TryGetValue("200", out var answer)
            && answer is OpenApiResponse { Content: { } content }
        )
        {
            content[PullEvents.Batch] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.Object },
                },
            };
            content[PullEvents.JsonLines] = Text();
            content[PullEvents.Csv] = Text();
        }

        return Task.CompletedTask;
    }

    private static OpenApiMediaType Text() =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiParameter Parameter(
        string name,
        string description,
        OpenApiSchema schema
    ) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = schema,
        };
}
