using Web.Pages.Caching;
using static Web.Pages.PageMapping;

namespace Web.Pages.Legal;

/// <summary>The pages that the law asks for.</summary>
public static class LegalRoutes
{
    public static void MapLegal(this IEndpointRouteBuilder app)
    {
        foreach (
            var text in new[] { LegalText.Imprint, LegalText.Privacy, LegalText.Accessibility }
        )
        {
            app.MapPage(
                    text.Path,
                async (OperatorTexts texts, CancellationToken cancellation) =>
                    Render<LegalPage>(
                        new
                        {
                            Text = text,
                            Operator = await texts.ReadAsync(text.File, cancellation),
                        }
                    )
                )
                .Keep(Keeping.Briefly);
        }
    }
}
