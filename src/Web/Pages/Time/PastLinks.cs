using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing.Template;

namespace Web.Pages.Time;

/// <summary>
/// Lets the links and search forms on a page of an earlier moment lead to pages of the same moment, in the one place that all pages pass:
/// nobody who writes a page has to think of it. The way back to today and the foot of the page lead to today.
/// </summary>
public sealed class PastLinks(EndpointDataSource endpoints)
{
    // Literal addresses come before patterns, as in routing itself.
    private readonly Lazy<IReadOnlyList<(TemplateMatcher Path, TravelsInTime? Travels)>> _routes =
        new(() =>
            [
                .. endpoints
                    .Endpoints.OfType<RouteEndpoint>()
                    .OrderBy(e => e.Order)
                    .ThenBy(e => e.RoutePattern.InboundPrecedence)
                    .Select(e =>
                        (
                            new TemplateMatcher(new RouteTemplate(e.RoutePattern), []),
                            e.Metadata.GetMetadata<TravelsInTime>()
                        )
                    ),
            ]
        );

    /// <summary>The page as it goes out.</summary>
    public byte[] Carry(HttpContext context, byte[] page)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (
            context.Features.Get<PageMoment>() is not { IsNow: false } moment
            || context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal)
                != true
        )
        {
            return page;
        }

        // The sections and the search of the municipality, and what the page itself says; not the banner between them.
        var html = Encoding.UTF8.GetString(page);
        var carried = new StringBuilder(html.Length * 5 / 4);
        var done = 0;
        foreach (
            var (from, to) in (ReadOnlySpan<(string, string)>)
                [("<nav", "</header>"), ("<main", "</main>")]
        )
        {
            var begin = html.IndexOf(from, done, StringComparison.Ordinal);
            var end = begin < 0 ? -1 : html.IndexOf(to, begin, StringComparison.Ordinal);
            if (
                end >= 0
                && (from == "<main" || begin < html.IndexOf("<main", StringComparison.Ordinal))
            )
            {
                carried.Append(html, done, begin - done);
                Carry(context, moment, html.AsSpan(begin, end - begin), carried);
                done = end;
            }
        }

        return Encoding.UTF8.GetBytes(carried.Append(html, done, html.Length - done).ToString());
    }

    // A greater-than sign within an attribute is always written as an entity: the first one ends the tag.
    private void Carry(
        HttpContext context,
        PageMoment moment,
        ReadOnlySpan<char> html,
        StringBuilder carried
    )
    {
        while (
            html.IndexOf('<') is >= 0 and var begin
            && html[begin..].IndexOf('>') is > 0 and var length
        )
        {
            carried.Append(html[..begin]);
            var tag = html.Slice(begin, length + 1);
            html = html[(begin + length + 1)..];
            if (tag.StartsWith("<a "))
            {
                Link(context, moment, tag, carried);
            }
            else
            {
                carried.Append(tag);
                if (
                    tag.StartsWith("<form ")
                    && tag.Contains("method=\"get\"", StringComparison.Ordinal)
                )
                {
                    foreach (
                        var (name, value) in Parameters(
                            context,
                            moment,
                            Attribute(tag, " action=\"").Value
                        )
                    )
                    {
                        carried
                            .Append("<input type=\"hidden\" name=\"")
                            .Append(name)
                            .Append("\" value=\"")
                            .Append(HtmlEncoder.Default.Encode(value))
                            .Append("\" />");
                    }
                }
            }
        }

        carried.Append(html);
    }

    private void Link(
        HttpContext context,
        PageMoment moment,
        ReadOnlySpan<char> tag,
        StringBuilder carried
    )
    {
        var (at, address) = Attribute(tag, " href=\"");
        var target = address.Split('#')[0];
        var query = new QueryBuilder(
            Parameters(context, moment, target).Select(p => KeyValuePair.Create(p.Name, p.Value))
        ).ToString();
        carried.Append(tag[..(at + target.Length)]);
        if (query.Length > 0)
        {
            carried
                .Append(target.Contains('?', StringComparison.Ordinal) ? "&amp;" : "?")
                .Append(HtmlEncoder.Default.Encode(query[1..]));
        }

        carried.Append(tag[(at + target.Length)..]);
    }

    // An address of this site in an attribute, and where it begins; empty when there is none.
    private static (int At, string Value) Attribute(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return at >= name.Length && tag[at] == '/' && tag[at..].IndexOf('"') is >= 0 and var length
            ? (at, tag.Slice(at, length).ToString())
            : (0, "");
    }

    // What an address of ours takes of the moment; nothing where it names one already.
    private IEnumerable<(string Name, string Value)> Parameters(
        HttpContext context,
        PageMoment moment,
        string address
    )
    {
        if (address.Length == 0 || address.Contains("stand=", StringComparison.Ordinal))
        {
            yield break;
        }

        PathString path = address.Split('?')[0];
        if (
            path.StartsWithSegments(
                context.Request.PathBase,
                StringComparison.Ordinal,
                out var rest
            )
        )
        {
            path = rest.HasValue ? rest : "/";
        }

        var travels = _routes.Value.FirstOrDefault(r => r.Path.TryMatch(path, [])).Travels;
        if (travels is not null && moment.Query.Stand is { } stand)
        {
            yield return (TimeTravel.Stand, stand);
        }

        if (travels is { ByOccurred: true } && moment.Query.Zum is { } zum)
        {
            yield return (TimeTravel.Zum, zum);
        }
    }
}
