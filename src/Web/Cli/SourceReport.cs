using System.Globalization;
using Ledger.Sources;

namespace Web.Cli;

/// <summary>Writes what <c>./ledger source check</c> found: faults last, so that they stay in sight.</summary>
internal static class SourceReport
{
    /// <param name="everyLine">Whether each covered line is named with its promises.</param>
    public static void Write(TextWriter output, SourceCheck check, bool everyLine)
    {
        var file = check.Registered.File;
        var document = check.Document;
        Say(
            $"{check.Name}: this is the registered file (SHA-256 {file.Sha256}, {file.Bytes} bytes), read as {check.Registered.Normalisation}."
        );
        Say(
            $"Lines {document.Range}, {document.TextLines} with text; {check.Items.Count} bullets and numbered items."
        );
        Say(
            $"Passages: {string.Join(", ", check.Citations.CountBy(c => c.Type, StringComparer.Ordinal).OrderByDescending(t => t.Value).Select(t => $"{t.Value} {t.Key}"))}."
        );
        var covered = check.Covered.Count();
        Say(
            $"Lines with text: {covered} covered by promises ({Share(covered, document.TextLines)}), {check.LeftOutLines} left out, {document.TextLines - covered - check.LeftOutLines} neither."
        );
        if (check.Items.Count > 0)
        {
            var states = check.Items.CountBy(i => i.State).ToDictionary();
            var left = states.GetValueOrDefault(ItemState.LeftOut);
            Say(
                $"Items: {states.GetValueOrDefault(ItemState.Promise)} covered by promises, {left} left out ({Share(left, check.Items.Count)}), {states.GetValueOrDefault(ItemState.Both)} both, {states.GetValueOrDefault(ItemState.Neither)} neither."
            );
        }

        var loose = check.Loose.ToList();
        if (loose.Count > 0)
        {
            Say(
                $"Paragraphs neither covered nor left out: lines {string.Join(", ", loose.Select(b => b.Lines))}."
            );
        }

        foreach (
            var promise in check
                .Citations.Where(c => c.IsPromise)
                .OrderBy(c => c.Passage.Locator.From)
                .ThenBy(c => c.Passage.Locator.To)
        )
        {
            var (_, from, to) = promise.Passage.Locator;
            Say($"  {new LineRange(from, to)}\t{promise.Stream.Name}");
        }

        if (everyLine)
        {
            foreach (var (line, promises) in check.Covered)
            {
                Say($"  line {line}\t{string.Join(", ", promises)}");
            }
        }

        foreach (var (field, value) in Unsaid(check))
        {
            Say($"The registration does not say yet: {field}: {value}");
        }

        foreach (var fault in check.Faults)
        {
            Say($"FAULT {fault}");
        }

        Say(
            check.Faults.Count == 0
                ? "Clean: every fingerprint stands at its lines, every item is a promise or left out with a reason."
                : $"{check.Faults.Count} {(check.Faults.Count == 1 ? "fault" : "faults")}."
        );

        void Say(string line) => output.WriteLine(line);
    }

    // What an editor copies into the file under seeds/sources/.
    private static IEnumerable<(string Field, string Value)> Unsaid(SourceCheck check)
    {
        if (check.Registered.TextLines is null)
        {
            yield return ("textLines", $"{check.Document.TextLines}");
        }

        if (check.Registered.EmptyLines is null)
        {
            yield return ("emptyLines", $"\"{string.Join(", ", check.Document.EmptyLines)}\"");
        }

        if (check.Registered.Items is null)
        {
            yield return ("items", $"{check.Items.Count}");
        }
    }

    private static string Share(int part, int whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} %");
}
