using Web.Pages.Wording;
using static Web.Pages.PageMapping;

namespace Web.Pages.Reports;

/// <summary>"Fehler melden": a form without an account.</summary>
public static class ReportRoutes
{
    public const string Path = "/fehler-melden";

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapPage(
            Path,
            (HttpRequest request) =>
                Render<ReportPage>(
                    new
                    {
                        Report = new ErrorReport(
                            ErrorReport.PageOf(request.Query["seite"]),
                            "",
                            null,
                            null
                        ),
                    }
                )
        );
        app.MapPage($"{Path}/danke", () => Render<ReportedPage>(new { }));
        app.MapPost(Path, SendAsync).WithMetadata(InBothLanguages.Marked);
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        ReportStore reports,
        ReportLimit limit,
        CancellationToken cancellation
    )
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        var report = ErrorReport.Read(form, out var faults);
        if (faults.Count > 0)
        {
            return Render<ReportPage>(
                new { Report = report, Faults = faults },
                StatusCodes.Status400BadRequest
            );
        }

        // Only a machine fills the field that nobody sees; it learns nothing.
        if (form["webseite"].ToString().Length == 0)
        {
            if (!limit.Lets(context, out var wait) || !await reports.AddAsync(report, cancellation))
            {
                context.Response.Headers.RetryAfter = wait;
                return Render<ReportedPage>(
                    new { Stored = false },
                    StatusCodes.Status429TooManyRequests
                );
            }
        }

        context.Response.Headers.Location = Language.Local($"{Path}/danke");
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
