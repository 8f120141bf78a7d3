using System.Text;
using Ledger.Importing;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Importing;

/// <summary>What people write by hand in a table or a list, and what is too much.</summary>
public sealed class ImportFormatTests : IAsyncLifetime
{
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private Task<ImportReport> ImportAsync(Stream file, ImportFormat format, bool record = false) =>
        new Importer(_ledger.Store, TimeProvider.System).RunAsync(file, format, "anna", record);

    private Task<ImportReport> ImportAsync(string text, ImportFormat format, bool record = false) =>
        ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, record);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    public async Task A_table_as_a_spreadsheet_writes_it_is_read(string comma)
    {
        var table = """
            id,stream,type,name,ags,state,evidence.0.url,evidence.0.publisher,evidence.0.retrieved,term,occurred,occurredBasis,committee,scope
            rat,council:musterstadt,councilRegistered,Musterstadt,05114000,NRW,https://musterstadt.example/x,Stadt,2026-01-02,,,,,
            wahl,council:musterstadt,termBegan,,,,https://musterstadt.example/x,Stadt,2026-01-02,musterstadt-2020,2020,event,,context
            "umwelt",council:musterstadt,committeeEstablished,"Ausschuss ""Umwelt""
            und Klima",,,https://musterstadt.example/x,Stadt,2026-01-02,,,,umwelt,
            """.Replace(",", comma, StringComparison.Ordinal);
        var report = await ImportAsync(
            table.ReplaceLineEndings("\r\n"),
            ImportFormat.Csv,
            record: true
        );
        report
            .Lines.Select(l => (l.Line, l.Refusal?.Reason.En))
            .ShouldBe([(2L, null), (3L, null), (4L, null)]);
        var council = Ledger.Councils.Council.From(
            await _ledger.Store.ReadStreamAsync(Ledger.EventStore.StreamKey.Council("musterstadt"))
        );
        council.Registered!.Ags.ShouldBe("05114000");
        council.Committees[0].Name.ShouldBe("Ausschuss \"Umwelt\"\r\nund Klima");
        council.Terms[0].Began.ShouldBe(Edtf.Parse("2020"));
    }

    [Fact]
    public async Task A_list_without_quotation_marks_is_read_as_its_type_wants_it()
    {
        var list = """
            # Kommentar
            - id: rat
              stream: council:musterstadt
              type: councilRegistered
              occurred: null
              name: Musterstadt
              ags: 05114000
              state: NRW
              evidence: &belege
                - {url: https://musterstadt.example/x, publisher: Stadt, retrieved: 2026-01-02}
            """;
        (await ImportAsync(list, ImportFormat.Yaml))
            .Lines.ShouldHaveSingleItem()
            .Refusal!.Code.ShouldBe("unreadable");
        var plain =
            list.Replace("&belege", "", StringComparison.Ordinal)
            + """

                - id: wahl
                  stream: council:musterstadt
                  type: termBegan
                  occurred: 2020
                  occurredBasis: event
                  term: musterstadt-2020
                  evidence: [{url: https://musterstadt.example/x, publisher: Stadt, retrieved: 2026-01-02}]
                """;
        var report = await ImportAsync(plain, ImportFormat.Yaml, record: true);
        report
            .Lines.Select(l => (l.Line, l.Refusal?.Reason.En))
            .ShouldBe([(2L, null), (11L, null)]);
    }

    [Theory]
    [InlineData(ImportFormat.Csv, "")]
    [InlineData(ImportFormat.Yaml, "")]
    [InlineData(ImportFormat.Yaml, "[]")]
    [InlineData(ImportFormat.JsonLines, "")]
    [InlineData(ImportFormat.JsonLines, "\n  \n")]
    [InlineData(ImportFormat.Csv, "id,stream,type\n")]
    public async Task An_empty_file_holds_nothing_and_is_no_fault(
        ImportFormat format,
        string text
    ) => (await ImportAsync(text, format)).Lines.ShouldBeEmpty();

    [Theory]
    [InlineData(ImportFormat.Csv, "id,stream,type\na,b\n")]
    [InlineData(ImportFormat.Csv, "id,id,type\na,b,c\n")]
    [InlineData(ImportFormat.Csv, "id,stream,type\na,\"b,c\n")]
    [InlineData(ImportFormat.Yaml, "a: b")]
    [InlineData(ImportFormat.Yaml, "- a\n- b")]
    [InlineData(ImportFormat.Yaml, "- {a: b")]
    [InlineData(ImportFormat.Yaml, "- a: b\n  a: c")]
    [InlineData(ImportFormat.Yaml, "- a: !!binary b")]
    [InlineData(ImportFormat.Yaml, "- ? [a]\n  : b")]
    [InlineData(ImportFormat.Yaml, "- a: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]")]
    [InlineData(ImportFormat.JsonLines, "{\"a\":")]
    public async Task A_file_that_cannot_be_read_says_where(ImportFormat format, string text)
    {
        var refused = (await ImportAsync(text, format)).Lines[0];
        refused.Refusal!.Code.ShouldBe("unreadable");
        refused.Line.ShouldBeInRange(1, 3);
    }

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Yaml)]
    [InlineData(ImportFormat.JsonLines)]
    public async Task What_is_not_UTF8_is_refused(ImportFormat format)
    {
        byte[] bytes = [.. "id,stream,type\n- "u8, 0xFF, 0xFE, 0x41, (byte)'\n'];
        (await ImportAsync(new MemoryStream(bytes), format))
            .Lines[^1]
            .Refusal!.Code.ShouldBe("unreadable");
    }

    [Theory]
    [InlineData(ImportFormat.Csv, "id,stream,type\n", "a,b,c\n")]
    [InlineData(ImportFormat.Yaml, "", "- {id: a}\n")]
    [InlineData(ImportFormat.JsonLines, "", "{}\n")]
    public async Task A_million_lines_are_refused_without_being_read_to_the_end(
        ImportFormat format,
        string head,
        string line
    )
    {
        using var endless = new Repeated(head, line, 1_000_000);
        var report = await ImportAsync(endless, format);
        report.Lines.Count.ShouldBe(ImportLimits.Rows + 1);
        report.Lines[^1].Refusal!.Code.ShouldBe("too-many-rows");
        endless.Given.ShouldBeLessThan(line.Length * 200_000L);
    }

    [Theory]
    [InlineData(ImportFormat.Csv, "id,stream,type\n\"")]
    [InlineData(ImportFormat.Yaml, "- \"")]
    [InlineData(ImportFormat.JsonLines, "{\"a\":\"")]
    public async Task A_line_without_an_end_is_refused_before_it_fills_the_memory(
        ImportFormat format,
        string head
    )
    {
        using var endless = new Repeated(head, "aaaaaaaaaaaaaaaa", 100_000_000);
        (await ImportAsync(endless, format)).Lines[^1].Refusal!.Code.ShouldBe("line-too-long");
        endless.Given.ShouldBeLessThan(4 * ImportLimits.Line);
    }

    [Fact]
    public async Task Too_many_events_of_one_stream_are_refused()
    {
        var line = $$"""{"id":"ID","stream":"promise:musterstadt-baum","type":"started"}""";
        var file = string.Join(
            '\n',
            Enumerable
                .Range(0, ImportLimits.RowsOfOneStream + 1)
                .Select(n => line.Replace("ID", $"n{n}", StringComparison.Ordinal))
        );
        (await ImportAsync(file, ImportFormat.JsonLines))
            .Lines[^1]
            .Refusal!.Code.ShouldBe("too-many-of-one-stream");
    }

    [Fact]
    public void No_field_of_an_event_is_named_like_a_head()
    {
        foreach (var type in Vocabulary.All)
        {
            var names = LedgerJson.Options.GetTypeInfo(type.Record).Properties.Select(p => p.Name);
            names.ShouldNotContain(n => n == "id" || n == "stream" || n == "type");
        }
    }

    /// <summary>A large file that is nowhere.</summary>
    private sealed class Repeated(string head, string line, long times) : Stream
    {
        private readonly byte[] _line = Encoding.UTF8.GetBytes(line);
        private byte[] _rest = Encoding.UTF8.GetBytes(head);
        private long _left = times;

        public long Given { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Fill(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) => Fill(buffer);

        private int Fill(Span<byte> buffer)
        {
            if (_rest.Length == 0)
            {
                if (_left-- <= 0)
                {
                    return 0;
                }

                _rest = _line;
            }

            var n = Math.Min(buffer.Length, _rest.Length);
            _rest.AsSpan(0, n).CopyTo(buffer);
            _rest = _rest[n..];
            Given += n;
            return n;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }
}
