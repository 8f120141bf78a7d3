using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Promises;
using Ledger.Submissions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Projections;
using Projections.Timelines;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Recording;

namespace Web.Api.Description;

/// <summary>What the generator cannot know of our operations: parameters' forms, headers, who may, examples.</summary>
public static class OperationForms
{
    public static Task ShapeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            Shape(parameter);
        }

        operation.Parameters ??= [];
        if (metadata.OfType<Described.TakesVersion>().Any())
        {
            operation.Parameters.Add(
                Header(
                    "If-Match",
                    "The version that was read: the ETag of the stream's events.",
                    @"^""\d+""$",
                    required: true
                )
            );
        }

        if (metadata.OfType<Described.TakesKey>().Any())
        {
            operation.Parameters.Add(
                Header(
                    "Idempotency-Key",
                    "Any word of the client's own. The same request under the same key is carried out once and answered alike for 30 days.",
                    "^[!-~]{1,255}$",
                    required: false
                )
            );
        }

        if (metadata.OfType<Keys.Needed>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(ApiDescription.Bearer, context.Document)] =
                    [],
                },
            ];
        }
        else
        {
            operation.Security = [];
        }

        operation.Description ??= Description(metadata);
        var answers = (operation.Responses ?? [])
            .OrderBy(r => r.Key, StringComparer.Ordinal)
            .ToList();
        operation.Responses = [];
        foreach (var (status, answer) in answers)
        {
            operation.Responses.Add(status, answer);
            answer.Description = Meaning(status);
            if (answer is OpenApiResponse response)
            {
                Headers(response, status, operation.OperationId!);
            }
        }

        if (
            operation.RequestBody is OpenApiRequestBody { Content: { } bodies } body
            && ApiExamples.All.TryGetValue(operation.OperationId!, out var example)
        )
        {
            body.Required = true;
            bodies["application/json"].Example = JsonNode.Parse(example);
        }

        foreach (var (type, text) in FileExamples.All)
        {
            if (
                operation is
                {
                    OperationId: "importEvents",
                    RequestBody: OpenApiRequestBody { Content: { } files } file,
                }
            )
            {
                file.Required = true;
                files[type].Example = JsonValue.Create(text);
            }
        }

        return Task.CompletedTask;
    }

    private static string Description(IEnumerable<object> metadata)
    {
        var needed = metadata.OfType<Keys.Needed>().FirstOrDefault();
        if (needed is null)
        {
            return "For everyone. Shows what was recorded by `stand` of what had happened by `zum`; with the ETag as If-None-Match it answers 304 "
                + "while nothing has changed.";
        }

        var right =
            $"Needs a key with the right to {string.Join(" or ", needed.AnyOf.Select(EnumNames.Of))}.";
        return metadata.OfType<Described.TakesVersion>().Any()
                ? $"{right} If-Match is the ETag of the stream's events: whoever has not read the newest one is told so."
            : metadata.OfType<Described.TakesKey>().Any()
                ? $"{right} Under an Idempotency-Key it happens once, however often it is sent."
            : right;
    }

    private static void Shape(OpenApiParameter parameter)
    {
        if (parameter.Schema is not OpenApiSchema schema)
        {
            return;
        }

        parameter.Description ??= parameter.Name switch
        {
            "id" when schema.Format == "uuid" => "Its UUID.",
            "id" => "Name of its stream.",
            "municipality" => "Only of this one.",
            "limit" => "How many on a page: 1 to 500, 100 when not said.",
            "cursor" => "The page before's `next`.",
            "pseudonym" => "The person's pseudonym.",
            "prefix" => "The key's public part.",
            "import" => "Only what this import proposed.",
            "record" =>
                "Take it, if no line is refused. Without this nothing is changed, only reported.",
            _ => null,
        };
        switch (parameter.Name)
        {
            case "status":
                schema.Enum = Names(Enum.GetValues<PromiseStatus>().Select(EnumNames.Of));
                break;
            case "state":
                schema.Enum = Names(Enum.GetValues<SubmissionState>().Select(EnumNames.Of));
                break;
            case "sort":
                schema.Enum = Names(PromiseOrder.All.Select(o => o.Name));
                break;
            case "limit":
                schema.Minimum = "1";
                schema.Maximum = "500";
                break;
            case "stand":
                schema.Pattern =
                    @"^(\d{1,15}|\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d))?)$";
                break;
            case "zum":
                schema.Format = "date";
                break;
            case "cursor":
                schema.MaxLength = 2000;
                break;
            case "id" when schema.Format is null:
                schema.MaxLength = 150;
                break;
        }
    }

    private static List<JsonNode> Names(IEnumerable<string> names) =>
        [.. names.Select(n => (JsonNode)n)];

    private static OpenApiParameter Header(
        string name,
        string description,
        string pattern,
        bool required
    ) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
        };

    private static void Headers(OpenApiResponse response, string status, string operation)
    {
        void Add(string name, string description)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            response.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        switch (status)
        {
            case "200"
            or "304"
                when operation.StartsWith("read", StringComparison.Ordinal)
                    && operation.EndsWith("Events", StringComparison.Ordinal):
                Add("ETag", "The stream's version: what If-Match takes.");
                break;
            case "201" or "202":
                Add("Location", "Address of what came of it.");
                break;
            case "429":
                Add("Retry-After", "After how many seconds to ask again.");
                break;
            case "401":
                Add("WWW-Authenticate", "Bearer.");
                break;
            case "412":
                Add("ETag", "The version that the stream has now.");
                break;
        }
    }

    private static string Meaning(string status) =>
        status switch
        {
            "200" => "What was asked for.",
            "201" => "Recorded.",
            "202" => "Proposed: it waits for a second person.",
            "204" => "Done.",
            "304" => "Unchanged since the ETag sent as If-None-Match.",
            "409" => "Refused by a rule of the record, with its sentence.",
            _ => string.Join(
                " ",
                ProblemTypes
                    .All.Where(t =>
                        t.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        == status
                    )
                    .Select(t => t.Title)
            ),
        };
}
