using Bench;

// Bench [--write <file>] [name...]: all benchmarks, or those named; their rows in the table of that file are made anew.
Dictionary<string, Func<Stage, Task<IReadOnlyList<Score>>>> benchmarks = new(StringComparer.Ordinal)
{
    ["append-start"] = AppendStart.RunAsync,
    ["append-decide"] = AppendDecide.RunAsync,
    ["append-100"] = AppendHundred.RunAsync,
    ["bulk"] = Bulk.RunAsync,
    ["rebuild"] = Rebuild.RunAsync,
    ["http-record"] = HttpRecord.RunAsync,
    ["catalogue"] = RecordCatalogue.RunAsync,
    ["visible"] = Visible.RunAsync,
    ["log-tree"] = LogTree.RunAsync,
    ["log-sealing"] = LogSealing.RunAsync,
    ["log-tiles"] = LogTiles.RunAsync,
    ["log-publish"] = LogPublish.RunAsync,
    ["feeds"] = FeedServe.RunAsync,
    ["feeds-archive"] = FeedArchive.RunAsync,
    ["feeds-streams"] = FeedStreams.RunAsync,
    ["search"] = Searching.RunAsync,
    ["as-it-was"] = Travelling.RunAsync,
    ["pages"] = PageServe.RunAsync,
    ["start"] = ProcessStart.RunAsync,
};

if (args is [ProcessStart.Bare, var url])
{
    return await ProcessStart.ServeAsync(url);
}

string? file = null;
List<string> names = [];
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--write" && i + 1 < args.Length)
    {
        file = args[++i];
    }
    else
    {
        names.Add(args[i]);
    }
}

if (names.Find(n => !benchmarks.ContainsKey(n)) is { } unknown)
{
    Console.Error.WriteLine(
        $"There is no benchmark '{unknown}'; there are {string.Join(", ", benchmarks.Keys)}."
    );
    return 1;
}

await using var stage = await Stage.SetUpAsync();
List<Score> scores = [];
foreach (var name in names.Count == 0 ? [.. benchmarks.Keys] : names)
{
    try
    {
        var measured = await benchmarks[name](stage);
        scores.AddRange(measured);
        Report.Print(measured);
    }
    catch (WrongResultException e)
    {
        Console.Error.WriteLine($"{name}: wrong result, its time means nothing: {e.Message}");
        return 2;
    }
}

if (file is not null)
{
    Report.Write(file, scores);
}

return scores.Exists(s => s.Met == false) ? 3 : 0;
