using Ledger.Catalogue;
using Ledger.EventStore;
using Ledger.Method;
using Ledger.Postgres;
using Npgsql;
using Projections.Committees;
using Projections.Coverage;
using Projections.Deadlines;
using Projections.Engine;
using Projections.Feed;
using Projections.Past;
using Projections.Search;
using Projections.Targets;
using Projections.Timelines;

namespace Web.Hosting;

/// <summary>The record, opened for this process: database, event store, projections, and the embedded server where there is one.</summary>
public sealed class OpenLedger : IAsyncDisposable
{
    /// <param name="address">A database that is prepared.</param>
    /// <param name="server">The embedded server that it is on, which is stopped with this; null when it is somebody else's.</param>
    public OpenLedger(LedgerDatabase address, EmbeddedServer? server = null)
    {
        Address = address.Address;
        Server = server;
        Database = address.Open();
        Store = new EventStore(Database);
        Engine = new ProjectionEngine(
            Store,
            [
                new TimelinesProjection(),
                new CommitteesProjection(),
                new TargetsProjection(),
                new FeedProjection(),
                new DeadlinesProjection(),
                new CoverageProjection(),
                new PastProjection(),
                new SearchProjection(),
            ]
        );
    }

    /// <summary>Connection string of the application's role.</summary>
    public string Address { get; }

    /// <summary>The embedded PostgreSQL; null when the operator named a server.</summary>
    public EmbeddedServer? Server { get; }

    /// <summary>Connection string of a role that may become the owner of the tables, for erasing; null = it was not given.</summary>
    public string? OwnerAddress { get; init; }

    public NpgsqlDataSource Database { get; }

    public EventStore Store { get; }

    public ProjectionEngine Engine { get; }

    /// <summary>Starts or reaches PostgreSQL and brings the database up to this version.</summary>
    /// <exception cref="StartRefused">The embedded server cannot start, in one sentence.</exception>
    /// <exception cref="SchemaException">The database cannot be used, in one sentence.</exception>
    /// <exception cref="Refusal">The server named by the operator cannot be reached, in one sentence.</exception>
    public static async Task<OpenLedger> OpenAsync(
        LedgerSettings settings,
        Progress progress,
        CancellationToken cancellation = default
    )
    {
        if (settings.Connection is { } connection)
        {
            try
            {
                progress.Step("Reaching PostgreSQL");
                return new OpenLedger(
                    await LedgerDatabase.PrepareAsync(
                        connection,
                        settings.OwnerConnection,
                        progress.Step,
                        cancellation
                    )
                )
                {
                    OwnerAddress = settings.OwnerConnection ?? connection,
                };
            }
            catch (Exception e) when (e is NpgsqlException or ArgumentException)
            {
                throw new Refusal(
                    $"The database in ConnectionStrings__Ledger cannot be used: {e.Message}"
                );
            }
        }

        progress.Step("Starting PostgreSQL");
        var server = await EmbeddedServer.StartAsync(
            settings.Data,
            null,
            progress.Step,
            cancellation
        );
        try
        {
            return new OpenLedger(
                await LedgerDatabase.PrepareAsync(
                    server,
                    progress: progress.Step,
                    cancellation: cancellation
                ),
                server
            )
            {
                OwnerAddress = server.ConnectionString("ledger", "postgres"),
            };
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fixes the origin on first start, and holds a configured one against it.</summary>
    /// <returns>The origin.</returns>
    /// <exception cref="Refusal">Another origin is configured than is fixed.</exception>
    public async Task<string> FixOriginAsync(
        string? configured,
        CancellationToken cancellation = default
    )
    {
        if (configured is not null && Origin.Fault(configured) is { } fault)
        {
            throw new Refusal(fault);
        }

        var origin = await Origin.FixAsync(Database, configured ?? Origin.NewLocal(), cancellation);
        return configured is null || configured == origin
            ? origin
            : throw new Refusal(
                $"The origin of this log is {origin} for ever; it cannot become {configured}, because every signature names it."
            );
    }

    /// <summary>Records the rules in force and the seeds, and folds them into the read models.</summary>
    /// <returns>The number of events recorded now.</returns>
    /// <exception cref="CatalogueException">The seeds are wrong; nothing was recorded.</exception>
    public async Task<long> RecordSeedsAsync(
        string seeds,
        Progress progress,
        CancellationToken cancellation = default
    )
    {
        await MethodSeed.EnsureAsync(Store, cancellation: cancellation);
        var recorded = await new Catalogue(Store, TimeProvider.System).RecordAsync(
            seeds,
            (done, of) => progress.Count("Recording the catalogue", done, of),
            cancellation
        );
        await Engine.PrepareAsync(
            (name, done, of) => progress.Count($"Folding {name}", done, of),
            cancellation
        );
        await Engine.CatchUpAsync(cancellation);
        return recorded;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}
