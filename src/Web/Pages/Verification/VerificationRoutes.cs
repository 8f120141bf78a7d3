using Ledger.Transparency;
using Web.Api.Recording;
using Web.Hosting;
using Web.Log;
using Web.Pages.Caching;
using Web.Pages.Shell;
using static Web.Pages.PageMapping;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Verification;

/// <summary>How anybody checks this log.</summary>
public static class VerificationRoutes
{
    public static void MapVerification(this IEndpointRouteBuilder app) =>
        app.MapPage("/pruefen", VerificationAsync).Keep(Keeping.Briefly);

    private static async Task<IResult> VerificationAsync(
        HttpRequest request,
        Store store,
        LogReader log,
        ReadLogIdentity identity,
        SealingLoop sealing,
        ReviewRule review,
        IServiceProvider services,
        CancellationToken cancellation
    ) =>
        Render<VerificationPage>(
            new
            {
                Model = await VerificationModel.LoadAsync(
                    store,
                    log,
                    identity,
                    sealing,
                    review,
                    cancellation
                ),
                Site = services.GetService<SiteAddress>()?.Origin.ToString().TrimEnd('/')
                    ?? $"{request.Scheme}://{request.Host}",
            }
        );
}
