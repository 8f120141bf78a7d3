using System.Diagnostics.CodeAnalysis;
using Web.Pages.Wording;

namespace Web.Pages.Reports;

/// <summary>What a reader says is wrong. Private.</summary>
/// <param name="Page">Path of the page that it is about.</param>
/// <param name="Evidence">Where it can be read.</param>
/// <param name="Contact">A mail address, if the reader wants an answer.</param>
public sealed record ErrorReport(string Page, string Problem, string? Evidence, string? Contact)
{
    public const int LongestProblem = 2000;
    public const int LongestEvidence = 500;
    public const int LongestContact = 200;
    private const int LongestPage = 300;

    /// <summary>Reads a form.</summary>
    /// <param name="faults">What is wrong, by field; empty when nothing is.</param>
    public static ErrorReport Read(
        IFormCollection form,
        out IReadOnlyList<(string Field, string Sentence)> faults
    )
    {
        var report = new ErrorReport(
            PageOf(form["seite"]),
            Plain(form["problem"]),
            Plain(form["beleg"]) is { Length: > 0 } evidence ? evidence : null,
            Plain(form["mail"]) is { Length: > 0 } contact ? contact : null
        );
        List<(string, string)> found = [];
        if (report.Problem.Length == 0)
        {
            found.Add(("problem", ReportWords.ProblemMissing));
        }
        else if (report.Problem.Length > LongestProblem)
        {
            found.Add(("problem", ReportWords.TooLong(LongestProblem)));
        }

        if (report.Evidence?.Length > LongestEvidence)
        {
            found.Add(("beleg", ReportWords.TooLong(LongestEvidence)));
        }

        if (report.Contact is { } mail && (mail.Length > LongestContact || !LooksLikeMail(mail)))
        {
            found.Add(("mail", ReportWords.BadMail));
        }

        faults = found;
        return report;
    }

    /// <summary>The path of a page of this site, without its language; anything else is the first page.</summary>
    [SuppressMessage("Design", "CA1055", Justification = "A path, shown and stored as text.")]
    public static string PageOf(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && path.Length <= LongestPage
            ? Plain(path) switch
            {
                Language.English => "/",
                ['/', 'e', 'n', '/', .. var rest] => $"/{rest.TrimStart('/', '\\')}",
                var german => german,
            }
            : "/";

    // PostgreSQL takes no U+0000; line breaks are kept.
    private static string Plain(string? text) =>
        string.Concat(
                (text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))
            )
            .Trim();

    private static bool LooksLikeMail(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < text.Length - 1
        && !text.Any(char.IsWhiteSpace);
}
