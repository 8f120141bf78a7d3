using Ledger.Sources;
using Npgsql;
using Testing;

namespace Ledger.Tests.Sources;

public sealed class SourceTextsTests : IAsyncLifetime
{
    private const string Name = "musterstadt-gedruckt";
    private static readonly string s_sha256 = new('a', 64);
    private TestLedger _ledger = null!;

    private SourceTexts Texts => new(_ledger.Database);

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private Task<bool> ImportAsync() => Texts.ImportAsync(Name, s_sha256, Documents.Printed);

    [Fact]
    public async Task A_text_is_kept_once_and_lines_come_back_in_order()
    {
        (await ImportAsync()).ShouldBeTrue();
        var first = (await Texts.ListAsync()).ShouldHaveSingleItem();
        first.ShouldBe(new SourceCopy(Name, s_sha256, 22, first.Changed));
        (await ImportAsync()).ShouldBeFalse();
        (await Texts.ListAsync()).ShouldHaveSingleItem().ShouldBe(first);

        (await Texts.LinesAsync(Name, 43, 47))
            .Select(l => (l.Number, l.Text))
            .ShouldBe(
                Documents
                    .Printed.Lines.Where(l => l.Number is 43 or 44 or 45 or 47)
                    .Select(l => (l.Number, l.Text))
            );
        (await Texts.LinesAsync("musterstadt-anders", 1, 99)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_changes_what_a_page_shows()
    {
        (await Texts.ForgetAsync(Name)).ShouldBe(0);
        (await Texts.ListAsync()).ShouldBeEmpty();
        await ImportAsync();
        var kept = (await Texts.ListAsync())[0];

        (await Texts.ForgetAsync(Name)).ShouldBe(22);
        (await Texts.LinesAsync(Name, 0, int.MaxValue)).ShouldBeEmpty();
        (await _ledger.AskAsync<long>("select count(*) from ledger.source_text")).ShouldBe(0);
        var forgotten = (await Texts.ListAsync())[0];
        forgotten.Lines.ShouldBe(0);
        forgotten.Changed.ShouldBeGreaterThan(kept.Changed);

        (await Texts.ForgetAsync(Name)).ShouldBe(0);
        (await Texts.ListAsync())[0].ShouldBe(forgotten);
        (await ImportAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_version_takes_the_place_of_the_first()
    {
        await ImportAsync();
        (await Texts.ImportAsync(Name, new string('b', 64), Documents.Physical)).ShouldBeTrue();
        (await Texts.LinesAsync(Name, 0, 999)).Count.ShouldBe(Documents.Physical.TextLines);
    }

    [Fact]
    public async Task Many_that_import_and_forget_at_once_leave_all_of_it_or_nothing()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, Load.Times(200))
                .Select(async i =>
                {
                    if (i % 3 == 0)
                    {
                        await Texts.ForgetAsync(Name);
                    }
                    else
                    {
                        await ImportAsync();
                    }
                })
        );
        var copy = (await Texts.ListAsync()).ShouldHaveSingleItem();
        var lines = await Texts.LinesAsync(Name, 0, 999);
        lines.Count.ShouldBe(copy.Lines);
        copy.Lines.ShouldBeOneOf(0, 22);
    }

    [Fact]
    public async Task Who_forgets_while_the_first_import_is_under_way_does_not_take_its_lines()
    {
        for (var i = 0; i < Load.Times(1_000); i++)
        {
            var name = $"musterstadt-{i}";
            await Task.WhenAll(
                Texts.ImportAsync(name, s_sha256, Documents.Printed),
                Texts.ForgetAsync(name),
                Texts.ForgetAsync(name)
            );
        }

        foreach (var copy in await Texts.ListAsync())
        {
            (await Texts.LinesAsync(copy.Source, 0, 999)).Count.ShouldBe(copy.Lines);
        }
    }

    [Fact]
    public async Task The_application_cannot_forget_that_there_was_a_copy()
    {
        await ImportAsync();
        await using var command = _ledger.Database.CreateCommand("delete from ledger.source_copy");
        (
            await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())
        ).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
