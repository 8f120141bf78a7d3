using Web.Pages.Caching;
using static Web.Pages.PageMapping;

namespace Web.Pages.Legal;

/// <summary>The pages that the law asks for.</summary>
public static class LegalRoutes
{
    public static void MapLegal(this IEndpointRouteBuilder app)
    {
        foreach (var name in LegalText.All.Select(t => t.Name))
        {
            app.MapPage(
                    $"/{name}",
                    async (OperatorTexts texts, CancellationToken cancellation) =>
                        Render<LegalPage>(
                            new
                            {
                                Text = LegalText.All.First(t => t.Name == name),
                                Operator = await texts.ReadAsync(name, cancellation),
                            }
                        )
                )
                .Keep(Keeping.Briefly);
        }
    }
}
