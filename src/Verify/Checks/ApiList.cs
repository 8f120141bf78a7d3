using System.Runtime.CompilerServices;
using System.Text.Json;
using Verify.Entries;
using Verify.Fetching;

namespace Verify.Checks;

/// <summary>Reads the API's lists of events.</summary>
public static class ApiList
{
    private const string Prefix = "api/v1/";
    private const int LongestPage = 64 << 20;
    private const int PageSize = 200;

    // Of two members of one name, one reader takes the first and another the last.
    private static readonly JsonDocumentOptions s_json = new() { AllowDuplicateProperties = false };

    /// <summary>The list of all events.</summary>
    public const string All = "/api/v1/events";

    /// <summary>Where a stream's own list is; null for a stream that has none.</summary>
    public static string? PathOf(string subject) =>
        subject.Split(':', 2) switch
        {
            ["promise", var name] => $"{Prefix}promises/{Uri.EscapeDataString(name)}/events",
            ["target", var name] => $"{Prefix}targets/{Uri.EscapeDataString(name)}/events",
            ["council", var name] => $"{Prefix}councils/{Uri.EscapeDataString(name)}/events",
            ["source", var name] => $"{Prefix}sources/{Uri.EscapeDataString(name)}/events",
            _ => null,
        };

    /// <summary>All events, page by page, in the order of the record.</summary>
    /// <param name="before">Reads no further than this index.</param>
    public static async IAsyncEnumerable<ShownEvent> AllAsync(
        ISource source,
        long before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        string? cursor = null;
        long last = -1;
        do
        {
            var path =
                $"{Prefix}events?limit={PageSize}"
                + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var (items, next) = await PageAsync(source, path, cancellation);
            // A list that gives page after page and never comes forward would never end.
            if (next is not null && (items.Count == 0 || items[^1].Index <= last))
            {
                throw new CannotCheckException(Obstacles.ApiUnreadable($"{source.Address}{path}"));
            }

            foreach (var item in items)
            {
                if (item.Index >= before && item.Index > last)
                {
                    yield break;
                }

                yield return item;
                last = item.Index;
            }

            cursor = next;
        } while (cursor is not null);
    }

    /// <summary>One stream's events; null when there is no such list.</summary>
    public static async Task<IReadOnlyList<ShownEvent>?> OfAsync(
        ISource source,
        string path,
        CancellationToken cancellation
    ) =>
        await source.ReadAsync(path, LongestPage, cancellation) is { } bytes
            ? Parse(source, path, bytes).Items
            : null;

    private static async Task<(IReadOnlyList<ShownEvent> Items, string? Next)> PageAsync(
        ISource source,
        string path,
        CancellationToken cancellation
    ) =>
        await source.ReadAsync(path, LongestPage, cancellation) is { } bytes
            ? Parse(source, path, bytes)
            : throw new CannotCheckException(Obstacles.ApiUnreadable($"{source.Address}{path}"));

    private static (IReadOnlyList<ShownEvent> Items, string? Next) Parse(
        ISource source,
        string path,
        byte[] bytes
    )
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, s_json);
            List<ShownEvent> items = [];
            foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
            {
                items.Add(
                    Statement.OfItem(item)
                        ?? throw new JsonException("an item without index and stream")
                );
            }

            return (items, Entry.Text(json.RootElement, "next"));
        }
        catch (Exception e) when (Unreadable.Says(e))
        {
            throw new CannotCheckException(Obstacles.ApiUnreadable($"{source.Address}{path}"));
        }
    }
}
