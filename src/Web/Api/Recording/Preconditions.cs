using System.Globalization;
using Web.Api.Problems;

namespace Web.Api.Recording;

/// <summary>The version that a writer has read.</summary>
public static class Preconditions
{
    /// <summary>Holds <c>If-Match: "5"</c> against the version that the stream has.</summary>
    /// <param name="where">Address whose ETag is meant.</param>
    /// <exception cref="ProblemException">It is missing, or the stream has moved on.</exception>
    public static void Hold(HttpRequest request, long version, string where)
    {
        if (request.Headers.IfMatch is not [{ } sent])
        {
            throw Refuse.PreconditionRequired(where);
        }

        if (sent != string.Create(CultureInfo.InvariantCulture, $"\"{version}\""))
        {
            throw Refuse.Stale(version);
        }
    }
}
