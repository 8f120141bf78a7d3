using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Sources;
using Ledger.Targets;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Recording;

/// <summary>The other streams that an event names: they must be on record before it.</summary>
public static class NamedStreams
{
    /// <summary>The streams that an event names, whether or not they are on record; a malformed name is none.</summary>
    public static IEnumerable<StreamKey> Of(Event body)
    {
        if (body.SourceRef is { } passage && Key("source", passage.Source) is { } source)
        {
            yield return source;
        }

        var named = body switch
        {
            Promised p => Key("council", p.Municipality),
            Linked l => Key("promise", l.To),
            Superseded s => Key("promise", s.By),
            SourceReplaced r => Key("source", r.By),
            TargetSet { Municipality: { } m } => Key("council", m),
            _ => null,
        };
        if (named is { } stream)
        {
            yield return stream;
        }

        if (body is TargetSet { Promise: { } name } && Key("promise", name) is { } promise)
        {
            yield return promise;
        }
    }

    /// <summary>Refuses an event that names a stream which is not known; null when all are.</summary>
    public static Decision.Refused? RefuseUnknown(Event body, Func<StreamKey, bool> isKnown)
    {
        foreach (var stream in Of(body))
        {
            if (!isKnown(stream))
            {
                return Objections.UnknownStream.Refuse(stream);
            }
        }

        return null;
    }

    /// <summary>Of the streams that events name, those that are on record. One round trip; none when no stream is named.</summary>
    public static async Task<IReadOnlySet<StreamKey>> OnRecordAsync(
        NpgsqlDataSource database,
        IEnumerable<Event> bodies,
        CancellationToken cancellation = default
    )
    {
        var known = new HashSet<StreamKey>();
        var named = bodies
            .SelectMany(Of)
            .Select(s => s.ToString())
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (named.Length == 0)
        {
            return known;
        }

        await using var command = database.CreateCommand(
            "select id from ledger.mt_streams where id = any ($1)"
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = named,
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
            }
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            known.Add(StreamKey.Parse(reader.GetString(0)));
        }

        return known;
    }

    // A malformed name is a fault of the field, and said there.
    private static StreamKey? Key(string kind, string name) =>
        StreamKey.TryParse($"{kind}:{name}", out var key) ? key : null;
}
