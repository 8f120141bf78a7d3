using Web.Pages.Wording;

namespace Web.Pages;

/// <summary>
/// Speaks English beneath <c>/en</c>: the same pages at the same addresses. What has no English, such as a feed or the API, is not there.
/// </summary>
public static class EnglishPages
{
    /// <summary>Takes <c>/en</c> off the address. Has to stand before routing.</summary>
    public static void UseLanguage(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (
                    context.Request.Path.StartsWithSegments(
                        Language.English,
                        StringComparison.Ordinal,
                        out var rest
                    )
                )
                {
                    context.Request.PathBase = Language.English;
                    context.Request.Path = rest.HasValue ? rest : "/";
                    Language.IsEnglish = true;
                }

                return next(context);
            }
        );

    /// <summary>Answers only what has English. Has to stand behind routing.</summary>
    public static void UseEnglishPages(this WebApplication app) =>
        app.Use(
            (context, next) =>
                Language.IsEnglish
                && context.GetEndpoint()?.Metadata.GetMetadata<InBothLanguages>() is null
                    ? PageRoutes.NotFound().ExecuteAsync(context)
                    : next(context)
        );
}

/// <summary>Marks what answers in both languages.</summary>
public sealed class InBothLanguages
{
    public static InBothLanguages Marked { get; } = new();
}
