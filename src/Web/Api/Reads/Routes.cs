namespace Web.Api.Reads;

/// <summary>How a read is put at its address.</summary>
public static class Routes
{
    /// <summary>Answers GET and HEAD; only GET is described, HEAD is the same without a body.</summary>
    public static RouteHandlerBuilder MapRead(
        this IEndpointRouteBuilder api,
        string pattern,
        Delegate handler,
        string name,
        string summary
    )
    {
        api.MapMethods(pattern, ["HEAD"], handler).ExcludeFromDescription();
        return api.MapGet(pattern, handler).WithName(name).WithSummary(summary);
    }
}
