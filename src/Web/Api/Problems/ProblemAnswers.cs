using System.Text.Json;
using Ledger.EventStore;
using Npgsql;
using Web.Api.Wire;

namespace Web.Api.Problems;

/// <summary>Answers below <c>/api</c> and <c>/feeds</c> that are no success are problem+json, whoever found the fault.</summary>
public static partial class ProblemAnswers
{
    /// <summary>Turns exceptions and empty answers there into problems.</summary>
    public static void UseProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Web.Api");
        app.Use(
            async (context, next) =>
            {
                var path = context.Request.Path;
                if (
                    !path.StartsWithSegments("/api", StringComparison.Ordinal)
                    && !path.StartsWithSegments("/feeds", StringComparison.Ordinal)
                )
                {
                    await next(context);
                    return;
                }

                try
                {
                    RefuseNull(context.Request);
                    await next(context);
                    if (Unexplained(context) is { } problem)
                    {
                        await WriteAsync(context, problem);
                    }
                }
                catch (OperationCanceledException)
                    when (context.RequestAborted.IsCancellationRequested)
                {
                    // Nobody is there to read an answer.
                }
                catch (Exception e) when (!context.Response.HasStarted)
                {
                    await AnswerAsync(context, e, log);
                }
            }
        );
    }

    /// <summary>Writes a problem as the answer.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = Problem.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Options);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static async Task AnswerAsync(HttpContext context, Exception e, ILogger log)
    {
        e = e switch
        {
            StaleVersionException stale => Refuse.Stale(stale.Actual),
            IdempotencyKeyReusedException => Refuse.KeyReused(),
            InadmissibleEventException fault => Refuse.Malformed(new BodyFault("", fault.Message)),
            _ => e,
        };
        var problem = Of(e);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            LogFault(log, e, context.Request.Method, context.Request.Path);
        }

        context.Response.Clear();
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        foreach (var (name, value) in (e as ProblemException)?.Headers ?? [])
        {
            context.Response.Headers[name] = value;
        }

        await WriteAsync(context, problem);
    }

    private static Problem Of(Exception e) =>
        e switch
        {
            ProblemException p => p.Problem,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                ProblemTypes.Of("too-large", "The body is too large."),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
                ProblemTypes.Of("too-slow", "The body arrived too slowly."),
            BadHttpRequestException b => ProblemTypes.Of("bad-parameter", b.Message),
            PostgresException
            {
                SqlState: PostgresErrorCodes.DiskFull
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
            }
            or NpgsqlException { IsTransient: true } => ProblemTypes.Of(
                "unavailable",
                "The ledger's database does not answer; try again later."
            ),
            _ => ProblemTypes.Of("internal", "A fault of the program; it was noted."),
        };

    private static Problem? Unexplained(HttpContext context) =>
        context.Response is not { HasStarted: false, ContentType: null, ContentLength: null or 0 }
            ? null
            : context.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => ProblemTypes.Of(
                    "not-found",
                    "There is nothing at this address."
                ),
                StatusCodes.Status405MethodNotAllowed => ProblemTypes.Of(
                    "method-not-allowed",
                    $"{context.Request.Method} is not possible here."
                ),
                StatusCodes.Status400BadRequest => ProblemTypes.Of(
                    "bad-parameter",
                    "A parameter cannot be read."
                ),
                _ => null,
            };

    // No text of ours holds U+0000, and PostgreSQL takes none.
    private static void RefuseNull(HttpRequest request)
    {
        if (
            request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            || request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
        )
        {
            throw Refuse.BadParameter("A parameter holds the character U+0000.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger log, Exception e, string method, string path);
}
