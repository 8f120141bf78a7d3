using Ledger.Transparency;

namespace Web.Hosting;

/// <summary>Where an installation keeps its data and finds its seeds: from the command line, else the environment, else beside the program.</summary>
/// <param name="Connection">Connection string of the application; null = the embedded PostgreSQL. Setting <c>ConnectionStrings__Ledger</c>.</param>
/// <param name="OwnerConnection">Connection string for migrations; null = the same. Setting <c>ConnectionStrings__LedgerOwner</c>.</param>
/// <param name="Data">Folder of the embedded PostgreSQL. Setting <c>LEDGER_DATA</c>; default <c>.local</c>.</param>
/// <param name="Seeds">The catalogue. Setting <c>LEDGER_SEEDS</c>; default <c>seeds</c>.</param>
/// <param name="Origin">The origin that must hold; null = the one that is fixed, or a local one. Setting <c>LEDGER_ORIGIN</c>.</param>
/// <param name="FourEyes">Whether what is recorded over HTTP needs a second person. Setting <c>LEDGER_REVIEW</c>: on (default) or off.</param>
/// <param name="Log">Folder of the log's key; null = beside the data.</param>
public sealed record LedgerSettings(
    string? Connection,
    string? OwnerConnection,
    string Data,
    string Seeds,
    string? Origin,
    bool FourEyes = true,
    string? Log = null
)
{
    /// <summary>Key, guard and policy of the log. Setting <c>LEDGER_LOG</c>; default <c>log</c> in <see cref="Data"/>.</summary>
    public LogFolder LogFolder => new(Log ?? Path.Combine(Data, "log")) { Mirror = Mirror };

    /// <summary>Address of a checkpoint of this log that somebody else shows. Setting <c>LEDGER_MIRROR</c>; null = none.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>Reads the settings of this process.</summary>
    public static LedgerSettings FromEnvironment()
    {
        var home = Home();
        return new LedgerSettings(
            Value("ConnectionStrings__Ledger"),
            Value("ConnectionStrings__LedgerOwner"),
            Value("LEDGER_DATA") ?? Path.Combine(home, ".local"),
            Value("LEDGER_SEEDS") ?? Path.Combine(home, "seeds"),
            Value("LEDGER_ORIGIN"),
            Review(Value("LEDGER_REVIEW")),
            Value("LEDGER_LOG")
        )
        {
            Mirror = Address(Value("LEDGER_MIRROR")),
        };
    }

    private static Uri? Address(string? setting) =>
        setting is null ? null
        : Uri.TryCreate(setting, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
        : throw new Refusal($"LEDGER_MIRROR is an address (https://…), not '{setting}'.");

    private static bool Review(string? setting) =>
        setting switch
        {
            null or "on" => true,
            "off" => false,
            _ => throw new Refusal($"LEDGER_REVIEW is on or off, not '{setting}'."),
        };

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    // The repository when the program runs from its build output, else the folder that it was published to.
    private static string Home()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "seeds", "sources")))
            {
                return folder.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
