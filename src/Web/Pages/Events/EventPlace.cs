using Ledger.EventStore;

namespace Web.Pages.Events;

/// <summary>Where an entry stands on the page of what it is about.</summary>
public static class EventPlace
{
    /// <summary>The fragment that leads to it; empty where the page does not show each entry of this type by itself.</summary>
    /// <param name="type">As it is stored.</param>
    public static string Fragment(StreamKey stream, string type, Guid id) =>
        (stream.Kind, type)
            is
                ("promise", not ("erased" or "withheld"))
                or
                (
                    "target",
                    "target_set"
                        or "measured"
                        or "target_revised"
                        or "restated"
                        or "reported"
                )
                or
                ("council", "term_began" or "term_ended" or "majority_changed" or "reported")
            ? $"#{Address.Anchor(id)}"
            : "";
}
