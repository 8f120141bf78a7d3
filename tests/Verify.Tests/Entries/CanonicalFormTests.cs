using System.Text;
using Verify.Entries;

namespace Verify.Tests.Entries;

public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\":[],\"b\":{},\"c\":[1,-1,0,9007199254740991,-9007199254740991]}")]
    [InlineData("{\"\":null,\"a\":true,\"b\":false}")]
    [InlineData("{\"a\":\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u000b\\u001f\u007f/ä\U0001F600\"}")]
    // Section 3.2.3's own example: by UTF-16 units the emoji stands before U+FB33.
    [InlineData("{\"\\r\":1,\"1\":1,\"\u0080\":1,\"ö\":1,\"€\":1,\"\U0001F600\":1,\"\uFB33\":1}")]
    public void What_RFC_8785_writes_is_canonical(string json) =>
        CanonicalForm.FirstFault(Encoding.UTF8.GetBytes(json)).ShouldBe(-1);

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("{\"a\":1} ", 7)]
    [InlineData(" {}", 0)]
    [InlineData("{\"a\": 1}", 5)]
    [InlineData("{\"a\":1,}", 7)]
    [InlineData("{\"b\":1,\"a\":2}", 7)]
    [InlineData("{\"a\":1,\"a\":2}", 7)]
    [InlineData("{\"\uFB33\":1,\"\U0001F600\":1}", 9)]
    [InlineData("{\"a\":\"\\/\"}", 6)]
    [InlineData("{\"a\":\"\\u0041\"}", 6)]
    [InlineData("{\"a\":\"\\u000A\"}", 6)]
    [InlineData("{\"a\":\"\\u000a\"}", 6)]
    [InlineData("{\"a\":\"\\u001F\"}", 6)]
    [InlineData("{\"a\":\"\\ud83d\\ude00\"}", 6)]
    [InlineData("{\"a\":\"\u0001\"}", 6)]
    [InlineData("{\"a\":1.0}", 6)]
    [InlineData("{\"a\":1e3}", 6)]
    [InlineData("{\"a\":01}", 7)]
    [InlineData("{\"a\":-0}", 7)]
    [InlineData("{\"a\":+1}", 5)]
    [InlineData("{\"a\":9007199254740992}", 20)]
    [InlineData("{\"a\":nul}", 5)]
    [InlineData("{\"a\"", 4)]
    [InlineData("{\"a", 3)]
    public void What_could_be_written_otherwise_is_found_at_its_place(string json, int at) =>
        CanonicalForm.FirstFault(Encoding.UTF8.GetBytes(json)).ShouldBe(at);

    [Fact]
    public void Bytes_that_are_no_UTF8_and_nesting_without_end_are_refused()
    {
        CanonicalForm.FirstFault([(byte)'{', 0xC0, 0x80, (byte)'}']).ShouldBe(0);
        CanonicalForm
            .FirstFault(
                Encoding.UTF8.GetBytes(
                    $"{{\"a\":{new string('[', 30_000)}{new string(']', 30_000)}}}"
                )
            )
            .ShouldBeGreaterThan(0);
    }
}
