using Web.Api.Reads;

namespace Web.Pages.Time;

/// <summary>For which moment a page is shown, on both axes.</summary>
/// <param name="Query">The two parameters as they were asked for.</param>
/// <param name="Day">The day by which a deadline has passed or not.</param>
/// <param name="Newest">Last log index that pages show now; -1 = none.</param>
/// <param name="StandRecordedOn">Where the state is named by a log index: the day on which that entry was recorded.</param>
public sealed record PageMoment(
    AsOf AsOf,
    AsOfQuery Query,
    DateOnly Day,
    long Newest,
    DateOnly? StandRecordedOn = null
)
{
    public bool IsNow => AsOf is { Stand: null, Zum: null };

    /// <summary>Whether the page will say the same for ever: only what was recorded can be fixed.</summary>
    public bool IsPermanent => AsOf.Stand is not null;
}

/// <summary>Marks the addresses that take <c>?stand=</c> and <c>?zum=</c>.</summary>
/// <param name="ByOccurred">
/// False for pages that name their day themselves or list what was recorded: they take <c>?stand=</c> alone.
/// </param>
public sealed record TravelsInTime(bool ByOccurred);
