using System.Reflection;
using Ledger.EventStore;
using Npgsql;

namespace Projections.Engine;

/// <summary>
/// A read model: rows that are a function of the histories of streams. Its tables live in a database schema of its own name; they can be
/// thrown away at any time and come back identical.
/// </summary>
public interface IProjection
{
    /// <summary>Its name, and the name of its database schema.</summary>
    string Name { get; }

    /// <summary>Kinds of streams that it is made from.</summary>
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>The DDL of its tables, run with its schema as search path. A changed shape is rebuilt on start.</summary>
    string Shape => Resource($"{Name}.sql");

    /// <summary>
    /// Replaces the rows of these streams by what their histories say. The connection's search path is the schema, so tables are named
    /// without it.
    /// </summary>
    /// <param name="connection">Inside the transaction that also moves the cursor.</param>
    /// <param name="histories">Each stream whole, up to the cursor.</param>
    /// <param name="fresh">True when no row of these streams can be there yet (a rebuild).</param>
    /// <exception cref="UnfoldableEventException">An event cannot be folded; the projection stops before it.</exception>
    Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    );

    private static string Resource(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The read model's shape {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
