using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Verify.Tests.Log;

/// <summary>Serves a <see cref="FakeLog"/> over HTTP, with whatever lies a test puts in.</summary>
public sealed class FakeSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private Rfc6962 _tree = new([]);
    private int _size;

    private FakeSite(WebApplication app) => _app = app;

    public FakeLog Log { get; private set; } = new();

    public Signer Key { get; init; } = Signer.Log();

    /// <summary>The note that is served.</summary>
    public string Checkpoint { get; set; } = "";

    /// <summary>What the API shows of the events.</summary>
    public List<JsonObject> Views { get; private set; } = [];

    /// <summary>What the lists of single streams show, when it is not the same.</summary>
    public List<JsonObject>? StreamViews { get; set; }

    /// <summary>Answers in place of the honest ones, by path.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Lies { get; } = [];

    public Uri Address { get; private set; } = null!;

    public static async Task<FakeSite> StartAsync(int entries = 600)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var site = new FakeSite(app);
        app.Run(site.AnswerAsync);
        await app.StartAsync();
        site.Address = new Uri(app.Urls.First() + "/");
        site.Publish(new FakeLog().Record(entries));
        return site;
    }

    /// <summary>Signs a log and serves it.</summary>
    public void Publish(FakeLog log, params (Signer Witness, DateTimeOffset At)[] cosigned)
    {
        Serve(log);
        var body = log.Body(Key.Name);
        Checkpoint =
            $"{body}\n{Key.Line(body)}{string.Concat(cosigned.Select(c => c.Witness.Line(body, c.At)))}";
    }

    /// <summary>Signs a log that the API cannot read.</summary>
    public void ServeSigned(FakeLog log)
    {
        Log = log;
        _tree = log.Tree();
        _size = log.Entries.Count;
        var body = log.Body(Key.Name);
        Checkpoint = $"{body}\n{Key.Line(body)}";
    }

    /// <summary>Serves a log under the note that is there already.</summary>
    public void Serve(FakeLog log)
    {
        Log = log;
        _tree = log.Tree();
        _size = log.Entries.Count;
        Views = log.Views();
    }

    /// <summary>Serves other entries than those in the tree.</summary>
    public void ServeEntries(Action<List<byte[]>> change)
    {
        var log = Log.Copy();
        change(log.Entries);
        Log = log;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value![1..];
        if (Lies.TryGetValue(path, out var lie))
        {
            await lie(context);
            return;
        }

        var (type, bytes) = path switch
        {
            "log/checkpoint" => ("text/plain", Encoding.UTF8.GetBytes(Checkpoint)),
            "log/withheld" => ("application/json", Encoding.UTF8.GetBytes(WithheldJson())),
            "api/v1/events" => ("application/json", Encoding.UTF8.GetBytes(Page(context))),
            _ when path.StartsWith("log/tile/", StringComparison.Ordinal) => (
                "application/octet-stream",
                Tile(path["log/tile/".Length..])
            ),
            _ when path.StartsWith("api/v1/", StringComparison.Ordinal) => (
                "application/json",
                Stream(path)
            ),
            _ => ("", null),
        };
        if (bytes is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(bytes);
    }

    private string WithheldJson() =>
        new JsonArray([
            .. Log.Withheld.Select(w => new JsonObject
            {
                ["index"] = w.Key,
                ["hash"] = Convert.ToBase64String(Log.Kept[w.Key]),
                ["declaredBy"] = w.Value,
            }),
        ]).ToJsonString();

    private string Page(HttpContext context)
    {
        var limit = int.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture);
        var from = context.Request.Query["cursor"] is [{ } cursor]
            ? int.Parse(cursor, CultureInfo.InvariantCulture)
            : 0;
        var items = Views.Where(v => (int)v["index"]! >= from).Take(limit + 1).ToArray();
        return new JsonObject
        {
            ["items"] = new JsonArray([.. items.Take(limit).Select(i => i.DeepClone())]),
            ["next"] = items.Length > limit ? $"{items[limit]["index"]}" : null,
        }.ToJsonString();
    }

    private byte[]? Stream(string path)
    {
        if (path.Split('/') is not [_, _, "promises", var name, "events"])
        {
            return null;
        }

        var items = (StreamViews ?? Views)
            .Where(v => (string)v["stream"]! == $"promise:{name}")
            .ToArray();
        return items.Length == 0
            ? null
            : Encoding.UTF8.GetBytes(
                new JsonObject
                {
                    ["stream"] = $"promise:{name}",
                    ["version"] = items.Length,
                    ["items"] = new JsonArray([.. items.Select(i => i.DeepClone())]),
                }.ToJsonString()
            );
    }

    private byte[]? Tile(string path)
    {
        var parts = path.Split('/');
        var width = 256;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            width = int.Parse(parts[^1], CultureInfo.InvariantCulture);
            parts = [.. parts[..^2], parts[^2][..^2]];
        }

        var n = int.Parse(
            string.Concat(parts[1..]).Replace("x", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
        if (parts[0] != "entries")
        {
            return _tree.Tile(int.Parse(parts[0], CultureInfo.InvariantCulture), n, width, _size);
        }

        using var bundle = new MemoryStream();
        foreach (var entry in Log.Entries.Skip(n * 256).Take(width))
        {
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
            bundle.Write(length);
            bundle.Write(entry);
        }

        return bundle.ToArray();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
