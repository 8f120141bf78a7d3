using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Recording;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ledger.Importing;

/// <summary>A list of mappings, read item by item. Anchors and tags are not read: a short file could stand for an endless one.</summary>
internal static class YamlList
{
    private const int Deepest = 16;

    public static IEnumerable<ImportRow> Read(TextReader reader)
    {
        var parser = new Parser(reader);
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || parser.TryConsume<StreamEnd>(out _))
        {
            yield break;
        }

        if (!parser.TryConsume<SequenceStart>(out _))
        {
            yield return ImportRow.Unreadable(
                parser.Current?.Start.Line ?? 1,
                new Text("Erwartet wird eine Liste von Einträgen.", "A list of items is expected.")
            );
            yield break;
        }

        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var line = parser.Current!.Start.Line;
            yield return Next(parser, 0) is Tree.Map map
                ? ImportRow.Of(line, map)
                : ImportRow.Unreadable(
                    line,
                    new Text(
                        "Der Eintrag hat keine benannten Felder.",
                        "The item has no named fields."
                    )
                );
        }
    }

    public static async Task WriteAsync(TextWriter writer, IAsyncEnumerable<JsonObject> items)
    {
        var emitter = new Emitter(writer, new EmitterSettings(2, int.MaxValue, false, 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        emitter.Emit(new SequenceStart(null, null, true, SequenceStyle.Block));
        await foreach (var item in items)
        {
            Write(emitter, item);
        }

        emitter.Emit(new SequenceEnd());
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
    }

    private static Tree Next(Parser parser, int depth)
    {
        var at = parser.Current!;
        if (depth > Deepest)
        {
            throw new YamlException(at.Start, at.End, "it is nested too deeply");
        }

        if (
            at
            is AnchorAlias
                or NodeEvent { Anchor.IsEmpty: false }
                or NodeEvent { Tag.IsEmpty: false }
        )
        {
            throw new YamlException(at.Start, at.End, "anchors, aliases and tags are not read");
        }

        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
        {
            return new Tree.Scalar(
                scalar.Value,
                scalar.Style == ScalarStyle.Plain ? Tree.Quotes.Plain : Tree.Quotes.Quoted
            );
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            List<Tree> items = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Next(parser, depth + 1));
            }

            return new Tree.List(items);
        }

        parser.Consume<MappingStart>();
        List<KeyValuePair<string, Tree>> fields = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<YamlDotNet.Core.Events.Scalar>();
            if (!names.Add(key.Value))
            {
                throw new YamlException(
                    key.Start,
                    key.End,
                    $"the field '{key.Value}' stands there twice"
                );
            }

            fields.Add(KeyValuePair.Create(key.Value, Next(parser, depth + 1)));
        }

        return new Tree.Map(fields);
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                emitter.Emit(
                    new MappingStart(
                        null,
                        null,
                        true,
                        o.Count == 0 ? MappingStyle.Flow : MappingStyle.Block
                    )
                );
                foreach (var (name, value) in o)
                {
                    emitter.Emit(new YamlDotNet.Core.Events.Scalar(name));
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray a:
                emitter.Emit(
                    new SequenceStart(
                        null,
                        null,
                        true,
                        a.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block
                    )
                );
                foreach (var value in a)
                {
                    Write(emitter, value);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case { } value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(
                    new YamlDotNet.Core.Events.Scalar(
                        null,
                        null,
                        value.GetValue<string>(),
                        ScalarStyle.DoubleQuoted,
                        false,
                        true
                    )
                );
                break;
            default:
                emitter.Emit(
                    new YamlDotNet.Core.Events.Scalar(
                        null,
                        null,
                        node?.ToJsonString() ?? "null",
                        ScalarStyle.Plain,
                        true,
                        false
                    )
                );
                break;
        }
    }
}
