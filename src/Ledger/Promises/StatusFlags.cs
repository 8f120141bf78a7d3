using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>What stands beside a status, computed for a day; never a status of its own.</summary>
/// <param name="Name">In the API: camel case.</param>
/// <param name="Word">What a reader reads.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record StatusFlag(string Name, Text Word, Text Meaning);

/// <summary>All flags, declared once.</summary>
public static class StatusFlags
{
    public static IReadOnlyList<StatusFlag> All { get; } =
    [
        new(
            "overdue",
            new("überfällig", "overdue"),
            new(
                "Eine Frist, die die Quelle selbst setzt, ist verstrichen. Das Ende einer Wahlperiode ist keine Frist.",
                "A deadline that the source itself sets has passed. The end of a term is no deadline."
            )
        ),
        new(
            "termEnded",
            new("Wahlperiode beendet", "term ended"),
            new(
                "Die Wahlperiode, für die zugesagt wurde, ist vorbei; das ist kein Urteil.",
                "The term for which it was promised is over; that is no verdict."
            )
        ),
        new(
            "disputed",
            new("umstritten", "disputed"),
            new(
                "Jemand bestreitet das Ereignis, das zum Stand geführt hat.",
                "Somebody contests the event that led to the status."
            )
        ),
        new(
            "corrected",
            new("berichtigt", "corrected"),
            new(
                "Mindestens ein Eintrag wurde berichtigt oder zurückgezogen.",
                "At least one entry was corrected or retracted."
            )
        ),
    ];
}
