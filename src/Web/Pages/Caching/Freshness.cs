using Ledger.Recording;
using Ledger.Sources;
using Ledger.Transparency;
using Npgsql;
using Projections.Engine;
using Web.Feeds;
using Web.Hosting;

namespace Web.Pages.Caching;

/// <summary>
/// Knows without asking the database whether anything that pages show has changed: whoever changes something says so (NOTIFY, from whichever node
/// or command line), and this node looks then, and every five seconds besides. While it cannot look, nothing that is kept counts.
/// </summary>
public sealed class Freshness(OpenLedger ledger, TimeProvider clock, ILogger<Freshness> log)
    : BackgroundService
{
    private const string Withheld = "ledger_withheld";

    private static readonly string[] s_channels =
    [
        "ledger",
        LogReader.SealedChannel,
        LogReader.PublishedChannel,
        Withheld,
        ProjectionEngine.MovedChannel,
        SourceTexts.Channel,
    ];

    // What pages of now depend on, then what pages of the past do. The past changes only by what is taken away from it or imported beside it,
    // and when a read model is made anew (its schema is another one then). A withholding has reached a read model when it has folded it.
    private const string State = $"""
        with last as (
          select coalesce(max(i.idx) + 1, 0) as withheld from ledger.log_withheld w join ledger.log_index i on i.event_id = w.declared_by
        ), beside as (
          select (select concat_ws(' ', count(*), max(changed)) from ledger.source_copy) as sources,
                 (select concat_ws(' ', count(*), sum(hashtextextended(digest, 0))) from ledger.disclosure) as disclosed
        )
        select concat_ws(' ',
                 (select next from ledger.log_head), (select size from ledger.log_tree), 
                 (select published from ledger.log_checkpoint where published is not null order by size desc limit 1),
                 (select string_agg(concat_ws(' ', name, next, updated), ' ' order by name) from projections.progress)),
               concat_ws(' ', withheld, sources, disclosed,
                 (select string_agg(concat_ws(' ', name, least(next, withheld), stopped_index, to_regnamespace(name)::oid), ' ' order by name)
                  from projections.progress))
        from last, beside
        """;

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);

    // Under load it looks a hundred times a second, not at each commit.
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(10);

    // A look that is older says nothing: the loop may be stuck.
    private const long OldestLook = 15_000;

    // Files of the operator and what witnesses say are not told by anyone.
    private const long Briefly = 5_000;

    private readonly Lock _gate = new();
    private volatile Look? _look;
    private (string Now, string Past) _state = ("", "");
    private (long Now, long Past) _numbers;

    /// <summary>What a page that is made now depends on; null = nobody knows, so it must not be kept.</summary>
    /// <param name="isPast">Of a page for a recorded state that is over.</param>
    /// <param name="keeping">How long such pages are kept.</param>
    public Stamp? For(bool isPast, Keeping keeping)
    {
        var time = Environment.TickCount64;
        if (_look is not { } look || time - look.At > OldestLook)
        {
            return null;
        }

        var slot = keeping is Keeping.Briefly ? time / Briefly : 0;
        return new Stamp(
            isPast ? -look.Past : look.Now,
            (slot * 10_000_000) + clock.Today().DayNumber
        );
    }

    /// <summary>Looks now: for those who know that something was just changed and do not want to wait until this node hears of it.</summary>
    public async Task LookAsync(CancellationToken cancellation = default)
    {
        var at = Environment.TickCount64;
        await using var command = ledger.Database.CreateCommand(State);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var past = reader.GetString(1);
        var now = $"{reader.GetString(0)} {past}";

        // Numbers go only upward: whatever order looks come in, no page is taken for true again that was not any more.
        lock (_gate)
        {
            _numbers = (
                _numbers.Now + (now == _state.Now ? 0 : 1),
                _numbers.Past + (past == _state.Past ? 0 : 1)
            );
            _state = (now, past);
            _look = new Look(_numbers.Now, _numbers.Past, at);
        }
    }

    // Until the database can be asked again every page is made anew.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        ledger.FollowAsync(
            (connection, succeeded) => FollowAsync(connection, succeeded, stoppingToken),
            (e, pause) =>
            {
                _look = null;
                log.LogWarning(e, "Pages are not kept for {Pause}", pause);
            },
            stoppingToken
        );

    private async Task FollowAsync(
        NpgsqlConnection connection,
        Action succeeded,
        CancellationToken stop
    )
    {
        await connection.ListenAsync(stop, s_channels);

        // It looks over another connection: what is told while it looks stays here to be heard.
        while (true)
        {
            await LookAsync(stop);
            succeeded();
            await connection.WaitAsync(s_poll, stop);
            await Task.Delay(s_between, stop);
        }
    }

    private sealed record Look(long Now, long Past, long At);
}
