using System.Globalization;
using System.Text.Json;
using Ledger.Councils;
using Ledger.Method;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Projections.Feed;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Feeds;

/// <summary>What happened, in a few words, and what of them is German whatever is spoken.</summary>
internal static class EntryHappening
{
    private const int LongestQuote = 90;

    public static string Of(FeedEntry e, Event body) =>
        body switch
        {
            Promised => Say("Neue Zusage", "New promise"),
            Assigned =>
                $"{Say("Zuständig ist jetzt", "Now responsible:")} {Committees(e.CommitteesAfter)}",
            Corrected c => Correction(e, c),
            Retracted => Say(
                $"Zurückgezogen: {Earlier(e)} gilt nicht mehr",
                $"Retracted: {Earlier(e)} no longer counts"
            ),
            Erased =>
                $"{Say("Persönliche Angaben gelöscht aus", "Personal details erased from")} {Earlier(e)}",
            Withheld => Say("Ein früherer Eintrag ist gesperrt", "An earlier entry is withheld"),
            Stated s =>
                $"{Say("Stellungnahme", "Statement")} ({s.Function}) {Say("zu", "on")} {Earlier(e)}",
            Linked l => $"{Say("Verknüpft", "Linked")} ({l.Relation.Words()}: {Other(e)})",
            Superseded => $"{Say("Abgelöst durch", "Superseded by")} {Other(e)}",
            Decided d => $"{EntryWords.Title(d)} ({d.Body})",
            Funded { Amount: { } amount } f =>
                $"{Say("Finanziert mit", "Funded with")} {Writing.Number(amount, f.Currency)}",
            Delayed { To: { } to } => Say(
                $"Verzögert, neuer Termin {to.When()}",
                $"Delayed, new date {to.Words()}"
            ),
            Abandoned a => $"{Word(a)} ({EntryWords.Reason(a.Reason)})",
            Progressed p => $"{Word(p)}: {Quote(p.Measure)}",
            Assessed a => Say(
                $"Bewertet nach „{Quote(a.Criterion)}“",
                $"Assessed by “{Quote(a.Criterion)}”"
            ),
            Checked => Say("Geprüft, nichts Neues gefunden", "Checked, nothing new found"),
            Reported { Summary: { } summary } => $"{Word(body)}: {Quote(summary)}",
            CommitteeEstablished c => $"{Word(c)}: {c.Name}",
            CommitteeRenamed c => $"{Say("Ausschuss heißt jetzt", "Committee renamed:")} {c.Name}",
            CommitteeDissolved c => $"{Word(c)}: {Committees(e.CommitteesBefore)}"
                + (
                    e.CommitteesAfter.Count > 0
                        ? $"; {Say("Nachfolge", "successor")}: {Committees(e.CommitteesAfter)}"
                        : ""
                ),
            TermBegan t => $"{Word(t)} ({t.Term})",
            TermEnded t => $"{Word(t)} ({t.Term})",
            TargetSet t => $"{Word(t)}: {TargetWords.Aim(t)}",
            Measured m =>
                $"{Say("Gemessen für", "Measured for")} {m.Period.Words()}: {Writing.Number(m.Value, m.Unit)}",
            Restated r => Say(
                $"Messwert neu berechnet: {Writing.Number(r.To)} statt {Writing.Number(r.From)}",
                $"Measured value restated: {Writing.Number(r.To)} instead of {Writing.Number(r.From)}"
            ),
            MethodRevised m => string.Create(
                CultureInfo.InvariantCulture,
                $"{Say("Regeln für den Stand geändert, Fassung", "Rules for the status changed, version")} {m.Version}"
            ),
            _ => EntryWords.Title(body),
        };

    /// <summary>The German words in <see cref="Of"/> that have no English: names, and texts of the record.</summary>
    public static IEnumerable<string> Names(FeedEntry e)
    {
        Text?[] texts = e.Body switch
        {
            Progressed p => [p.Measure],
            Assessed a => [a.Criterion],
            Reported r => [r.Summary],
            _ => [],
        };
        string?[] said = e.Body switch
        {
            Decided d => [d.Body],
            Stated s => [s.Function],
            CommitteeEstablished c => [c.Name],
            CommitteeRenamed c => [c.Name],
            TargetSet t => [.. Units.Names(t.Unit)],
            Measured m => [.. Units.Names(m.Unit)],
            Corrected c =>
            [
                EntryWords.LanguageOfValue(c.Field, c.From) is null
                    ? null
                    : Sayable(c.Field, c.From),
                EntryWords.LanguageOfValue(c.Field, c.To) is null ? null : Sayable(c.Field, c.To),
            ],
            _ => [],
        };
        return e
            .CommitteesBefore.Concat(e.CommitteesAfter)
            .Concat(said.OfType<string>())
            .Concat(
                texts
                    // A council's title is the name of its town.
                    .Append(e.Stream.Kind is "council" ? null : e.Title)
                    .Append(e.Other?.Title)
                    .OfType<Text>()
                    .Where(t => LanguageOf(t) is not null)
                    .SelectMany(t => new[] { t.De, Quote(t) })
            );
    }

    // Lists and objects have no words of their own; a text with a language has.
    public static string? Sayable(string field, JsonElement? value) =>
        (field, value?.ValueKind) switch
        {
            ("deadline", JsonValueKind.Object) => value!.Value.TryGetProperty("date", out var date)
            && date.ValueKind == JsonValueKind.String
                ? EntryWords.Value("occurred", date)
                : Say("keine", "none"),
            ("topic", JsonValueKind.String) => PromiseWords.Topic(value!.Value.GetString()!),
            (_, JsonValueKind.Array) => null,
            (_, JsonValueKind.Object) when !value!.Value.TryGetProperty("de", out _) => null,
            _ => EntryWords.Value(field, value),
        };

    // „Beschlossen“ (17. November 2022)
    public static string Earlier(FeedEntry e)
    {
        if (e.About is not { } about)
        {
            return Say("einen früheren Eintrag", "an earlier entry");
        }

        var word = about.Body is { } body
            ? EntryWords.Title(body)
            : Vocabulary.Find(about.Type)?.Word.Words() ?? about.Type;
        return about.Occurred is { } date && about.Body is not Promised
            ? $"{Quoted(word)} ({date.Words()})"
            : Quoted(word);
    }

    public static string Committees(IReadOnlyList<string> names) =>
        names.Count == 0 ? Say("kein Ausschuss", "no committee") : string.Join("; ", names);

    private static string Correction(FeedEntry e, Corrected c)
    {
        var head = $"{Word(c)}: {EntryWords.Field(c.Field)} {Say("von", "of")} {Earlier(e)}";
        return
            Sayable(c.Field, c.From) is { Length: <= LongestQuote } from
            && Sayable(c.Field, c.To) is { Length: <= LongestQuote } to
            ? Say($"{head}, bisher {from}, jetzt {to}", $"{head}, previously {from}, now {to}")
            : head;
    }

    // In one import the other may come later: then it had no name yet.
    private static string Other(FeedEntry e) =>
        e.Other?.Title is { } title
            ? Quoted(title.Words())
            : Say("eine andere Zusage", "another promise");

    private static string Word(Event body) => Vocabulary.Of(body).Word.Words();

    private static string Quote(Text text) => Writing.Shortened(text.Words(), LongestQuote);

    private static string Quoted(string words) => Say($"„{words}“", $"“{words}”");
}
