using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace Web.Api.Problems;

/// <summary>Below <c>/api</c>, where no operation fits: 404, 405 with the methods that there are, or 415 for a body of another type.</summary>
public static class UnknownAddress
{
    public static Task AnswerAsync(HttpContext context, EndpointDataSource endpoints)
    {
        List<string> methods = [];
        List<string> types = [];
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (
                endpoint.RoutePattern.RawText is { } pattern
                && pattern.StartsWith("/api/v1/", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } allowed
                && new TemplateMatcher(TemplateParser.Parse(pattern[1..]), []).TryMatch(
                    context.Request.Path,
                    []
                )
            )
            {
                methods.AddRange(allowed.HttpMethods);
                if (
                    allowed.HttpMethods.Contains(context.Request.Method)
                    && endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepted
                )
                {
                    types.AddRange(accepted.ContentTypes);
                }
            }
        }

        // The method fits, so it is the body's type or the form of an id that does not.
        if (
            types.Count > 0
            && context.Request.ContentType is { } sent
            && !(
                MediaTypeHeaderValue.TryParse(sent, out var type)
                && types.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)
            )
        )
        {
            throw Refuse.UnknownType(types);
        }

        if (methods.Count == 0 || methods.Contains(context.Request.Method))
        {
            throw Refuse.NotFound("There is nothing at this address.");
        }

        context.Response.Headers.Allow = string.Join(
            ", ",
            methods.Distinct().Order(StringComparer.Ordinal)
        );
        return ProblemAnswers.WriteAsync(
            context,
            ProblemTypes.Of("method-not-allowed", $"{context.Request.Method} is not possible here.")
        );
    }
}
