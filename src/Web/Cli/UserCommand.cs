using System.CommandLine;
using System.Globalization;
using Projections;
using Web.Accounts;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger user</c>: who may write, and with which keys.</summary>
internal static class UserCommand
{
    public static void AddTo(RootCommand root)
    {
        var user = new Command("user", "Who may write, and with which keys.");
        user.Add(Add());
        user.Add(List());
        user.Add(ChangeRole());
        user.Add(
            Switch(
                "disable",
                "Let none of a person's keys in any more.",
                (s, p, stop) => s.DisableAsync(p, stop)
            )
        );
        user.Add(
            Switch(
                "enable",
                "Let a disabled person's keys in again.",
                (s, p, stop) => s.EnableAsync(p, stop)
            )
        );

        var key = new Command("key", "A person's keys for the API.");
        key.Add(AddKey());
        key.Add(ListKeys());
        key.Add(RevokeKey());
        user.Add(key);
        root.Add(user);
    }

    private static Command Add()
    {
        var name = new Argument<string>("name")
        {
            Description = "For those who manage people; never shown to readers.",
        };
        var role = RoleOption();
        var command = new Command("add", "Add a person under a new pseudonym.") { name, role };
        command.SetAction(
            (parsed, stop) =>
                WithAsync(
                    async accounts =>
                    {
                        var person = await accounts.AddAsync(
                            parsed.GetRequiredValue(name),
                            parsed.GetRequiredValue(role),
                            stop
                        );
                        Console.WriteLine(
                            $"{person.Pseudonym} is {EnumNames.Of(person.Role)}. A key: ./ledger user key add {person.Pseudonym}"
                        );
                    },
                    stop
                )
        );
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Everybody, with role and name.");
        command.SetAction(
            (_, stop) =>
                WithAsync(
                    async accounts =>
                    {
                        foreach (var p in await accounts.ListAsync(stop))
                        {
                            Console.WriteLine(
                                $"{p.Pseudonym}  {EnumNames.Of(p.Role), -13}  {(p.Disabled is null ? "" : "disabled  ")}{p.Name}"
                            );
                        }
                    },
                    stop
                )
        );
        return command;
    }

    private static Command ChangeRole()
    {
        var pseudonym = Pseudonym();
        var role = new Argument<Role>("role");
        var command = new Command("role", "Give a person another role.") { pseudonym, role };
        command.SetAction(
            (parsed, stop) =>
                WithAsync(
                    async accounts =>
                        Known(
                            await accounts.ChangeRoleAsync(
                                parsed.GetRequiredValue(pseudonym),
                                parsed.GetRequiredValue(role),
                                stop
                            ),
                            parsed.GetRequiredValue(pseudonym)
                        ),
                    stop
                )
        );
        return command;
    }

    private static Command Switch(
        string verb,
        string description,
        Func<AccountStore, string, CancellationToken, Task<bool>> change
    )
    {
        var pseudonym = Pseudonym();
        var command = new Command(verb, description) { pseudonym };
        command.SetAction(
            (parsed, stop) =>
                WithAsync(
                    async accounts =>
                        Known(
                            await change(accounts, parsed.GetRequiredValue(pseudonym), stop),
                            parsed.GetRequiredValue(pseudonym)
                        ),
                    stop
                )
        );
        return command;
    }

    private static Command AddKey()
    {
        var pseudonym = Pseudonym();
        var scopes = new Option<Right[]>("--scope")
        {
            Description =
                "What the key may do at most: propose, review, administer. All that the role may, when not said.",
            AllowMultipleArgumentsPerToken = true,
        };
        var days = new Option<int>("--days")
        {
            Description = "Days until it expires.",
            DefaultValueFactory = _ => 365,
        };
        var label = new Option<string>("--label")
        {
            Description = "What it is for.",
            DefaultValueFactory = _ => "",
        };
        var command = new Command("add", "Make a key and show it, once.")
        {
            pseudonym,
            scopes,
            days,
            label,
        };
        command.SetAction(
            (parsed, stop) =>
                WithAsync(
                    async accounts =>
                    {
                        var name = parsed.GetRequiredValue(pseudonym);
                        var person =
                            await accounts.FindAsync(name, stop)
                            ?? throw new Refusal($"There is no person '{name}'.");
                        var valid = parsed.GetRequiredValue(days);
                        if (valid is < 1 or > 3660)
                        {
                            throw new Refusal("A key is valid for 1 to 3660 days.");
                        }

                        var key = await accounts.AddKeyAsync(
                            person,
                            parsed.GetValue(scopes) is { Length: > 0 } some
                                ? some
                                : person.Role.Rights(),
                            parsed.GetRequiredValue(label),
                            TimeProvider.System.GetUtcNow().AddDays(valid),
                            stop
                        );
                        await Console.Error.WriteLineAsync(
                            "This key is shown now and never again:"
                        );
                        Console.WriteLine(key);
                    },
                    stop
                )
        );
        return command;
    }

    private static Command ListKeys()
    {
        var pseudonym = Pseudonym();
        pseudonym.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command("list", "Keys with their scopes, expiry and last use.")
        {
            pseudonym,
        };
        command.SetAction(
            (parsed, stop) =>
                WithAsync(
                    async accounts =>
                    {
                        foreach (
                            var k in await accounts.KeysAsync(parsed.GetValue(pseudonym), stop)
                        )
                        {
                            Console.WriteLine(
                                string.Create(
                                        CultureInfo.InvariantCulture,
                                        $"zb_{k.Prefix}_…  {k.Pseudonym}  {string.Join(',', k.Scopes.Select(EnumNames.Of))}  {State(k)}  {k.Label}"
                                    )
                                    .TrimEnd()
                            );
                        }
                    },
                    stop
                )
        );
        return command;
    }

    private static Command RevokeKey()
    {
        var prefix = new Argument<string>("prefix") { Description = "The eight digits after zb_." };
        var command = new Command("revoke", "Let a key in no more.") { prefix };
        command.SetAction(
            (parsed, stop) =>
                WithAsync(
                    async accounts =>
                    {
                        var name = parsed.GetRequiredValue(prefix);
                        if (!await accounts.RevokeAsync(name, stop))
                        {
                            throw new Refusal($"There is no key '{name}'.");
                        }
                    },
                    stop
                )
        );
        return command;
    }

    private static string State(ApiKey k)
    {
        var used = k.LastUsed is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"used {last:yyyy-MM-dd HH:mm} UTC")
            : "never used";
        var ends =
            k.Revoked is { } revoked
                ? string.Create(CultureInfo.InvariantCulture, $"revoked {revoked:yyyy-MM-dd}")
            : k.Expires <= TimeProvider.System.GetUtcNow() ? "expired"
            : string.Create(CultureInfo.InvariantCulture, $"expires {k.Expires:yyyy-MM-dd}");
        return $"{ends}, {used}";
    }

    private static Argument<string> Pseudonym() =>
        new("pseudonym") { Description = "Such as p-7f3a09c2d1e4." };

    private static Option<Role> RoleOption() =>
        new("--role")
        {
            Description =
                "contributor proposes; editor also accepts and rejects; administrator manages people and keys.",
            DefaultValueFactory = _ => Role.Contributor,
        };

    private static void Known(bool found, string pseudonym)
    {
        if (!found)
        {
            throw new Refusal($"There is no person '{pseudonym}'.");
        }
    }

    private static async Task<int> WithAsync(Func<AccountStore, Task> act, CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        await act(new AccountStore(ledger.Database));
        return 0;
    }
}
