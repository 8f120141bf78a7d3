using System.Text;
using Web.Pages.Wording;

namespace Web.Pages.Data;

/// <summary>The pages for search engines (sitemaps.org, protocol 0.9), each in both languages and each naming the other.</summary>
internal static class Sitemap
{
    // The protocol's own limit for one file is 50,000 addresses.
    private const int MostPages = 50_000 / 2;

    /// <param name="site">Scheme and host that addresses begin with.</param>
    /// <param name="paths">The German addresses.</param>
    public static string Of(string site, IEnumerable<string> paths)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").Append(
            "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
        );
        foreach (var german in paths.Take(MostPages))
        {
            var english = Language.InEnglish(german);
            var both =
                $"<xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"{site}{german}\"/><xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"{site}{english}\"/>";
            xml.Append("<url><loc>").Append(site).Append(german).Append("</loc>").Append(both);
            xml.Append("</url>\n<url><loc>").Append(site).Append(english).Append("</loc>");
            xml.Append(both).Append("</url>\n");
        }

        return xml.Append("</urlset>\n").ToString();
    }
}
