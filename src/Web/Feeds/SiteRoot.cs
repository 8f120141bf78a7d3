using Web.Pages.Shell;

namespace Web.Feeds;

/// <summary>Scheme and host under which this site is reached, without a slash at the end: what absolute addresses begin with.</summary>
public static class SiteRoot
{
    public static string Of(HttpRequest request) =>
        request.HttpContext.RequestServices.GetService<SiteAddress>() is { } site
            ? site.Origin.GetLeftPart(UriPartial.Authority)
            : $"{request.Scheme}://{request.Host}";
}
