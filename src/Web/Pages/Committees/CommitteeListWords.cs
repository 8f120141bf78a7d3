using static Web.Pages.Wording.Language;

namespace Web.Pages.Committees;

/// <summary>The sentences of the list of a council's committees.</summary>
public static class CommitteeListWords
{
    public static string Hint =>
        Say(
            "Die Zahl nennt die zugeordneten Zusagen. Eine Zusage kann zu mehreren Ausschüssen gehören.",
            "The number shows how many promises are assigned to each committee. A promise can belong to more than one."
        );

    public static string Heading(string town) =>
        Say($"Ausschüsse in {town}", $"Committees in {town}");

    public static string Description(string town) =>
        Say(
            $"Die Ausschüsse des Rates in {town} und wie viele Zusagen jedem zugeordnet sind.",
            $"The committees of the council in {town}, and how many promises are assigned to each."
        );

    public static string NotOnRecord(string town) =>
        Say(
            $"Die Ausschüsse in {town} sind hier noch nicht verzeichnet, weil keine Quelle sie nennt.",
            $"The committees in {town} are not on record here yet, because no source names them."
        );
}
