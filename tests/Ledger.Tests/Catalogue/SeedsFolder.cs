namespace Ledger.Tests.Catalogue;

/// <summary>A small catalogue of the invented town of Musterstadt in a folder of its own.</summary>
public sealed class SeedsFolder : IDisposable
{
    public SeedsFolder()
    {
        Write(
            "sources/musterstadt-vereinbarung-2020.yaml",
            """
            id: musterstadt-vereinbarung-2020
            title: {de: Erfundene Vereinbarung, en: Invented agreement}
            kind: agreement
            municipality: musterstadt
            proponents: [Liste Muster]
            published: {date: "2020", basis: derived}
            term: musterstadt-2020
            file: {name: erfunden.txt, sha256: "0000000000000000000000000000000000000000000000000000000000000000", bytes: 100}
            locators: physicalLine
            normalisation: physical-lines/1
            lines: 1-100
            """
        );
        Write(
            "councils/musterstadt.yaml",
            """
            municipality: musterstadt
            name: Musterstadt
            ags: "00000000"
            state: Nirgendwo
            events:
              - id: musterstadt-registered
                type: councilRegistered
                occurred: null
                summary: {de: Erfunden.}
                source: {id: musterstadt-vereinbarung-2020, lines: 1, fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"}
            committees:
              - id: umwelt
                name: Umweltausschuss
                source: {id: musterstadt-vereinbarung-2020, lines: 2, fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"}
            """
        );
        Write(
            Promises,
            """
            source: musterstadt-vereinbarung-2020
            chapter: Erfundenes
            promises:
              - id: musterstadt-baum
                title: {de: Bäume pflanzen, en: Plant trees}
                summary: {de: Musterstadt pflanzt Bäume.}
                lines: 10-12
                fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
                kind: new
                modality: will
                topic: umwelt-natur
                tier: core
                checkability: high
                deadline: {date: "2025-10", basis: term}
                committees:
                  - {id: umwelt, basis: inferred}
                quantities:
                  - {value: "100", unit: Bäume, meaning: neue Bäume, comparator: atLeast}
            """
        );
        Write(
            Events,
            """
            events:
              - id: MU-1
                on: promise:musterstadt-baum
                type: decided
                occurred: "2021-05-04"
                basis: event
                summary: {de: Der Rat stimmt zu.}
                body: Rat der Stadt Musterstadt
                outcome: adopted
                votes: {for: 20, against: 10, abstained: null}
                evidence:
                  - {url: "https://musterstadt.example/1", publisher: Stadt Musterstadt, published: null, retrieved: "2026-01-02"}
            """
        );
    }

    public const string Promises = "promises/musterstadt-vereinbarung-2020/01-erfundenes.yaml";

    public const string Events = "events/baum.yaml";

    public string Path { get; } = Directory.CreateTempSubdirectory("zusagenbuch-seeds-").FullName;

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Replaces text that must be there.</summary>
    public void Replace(string file, string from, string to)
    {
        var path = System.IO.Path.Combine(Path, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(from);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
