using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Transparency;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>RFC 8785, by its own examples and against an independent implementation.</summary>
public sealed class JcsTests
{
    // Appendix B: the double's bits, and how it is written.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void A_number_is_written_as_in_appendix_B(long bits, string expected) =>
        Of(BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture))
            .ShouldBe(expected);

    [Fact]
    public void The_example_of_section_3_2_2_is_written_as_there() =>
        Of(
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
                  "literals": [null, true, false]
                }
                """
            )
            .ShouldBe(
                """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"""
            );

    [Fact]
    public void Names_are_sorted_by_their_UTF_16_code_units_as_in_section_3_2_3() =>
        Of(
                """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"""
            )
            .ShouldBe(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
                    + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"
            );

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("-0.0", "0")]
    [InlineData("9007199254740991.00", "9007199254740991")]
    public void A_whole_number_of_the_record_is_written_without_a_point(
        string stored,
        string expected
    ) => Of(stored).ShouldBe(expected);

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("1e999")]
    [InlineData("{")]
    [InlineData("NaN")]
    [InlineData("")]
    public void What_is_no_I_JSON_is_refused(string json) =>
        Should.Throw<FormatException>(() => Of(json));

    [Fact]
    public async Task The_npm_package_canonicalize_writes_every_generated_value_the_same()
    {
        Assert.SkipWhen(Npm.Missing is not null, Npm.Missing ?? "");
        var texts = Gen.Sample(AnyValue(4), Load.Times(20_000), 60).ToList();

        var theirs = await Npm.RunAsync("canonicalize.mjs", string.Join('\n', texts));

        var lines = theirs.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(texts.Count);
        texts.Count(t => t.Length > 20).ShouldBeGreaterThan(texts.Count / 3);
        for (var i = 0; i < lines.Length; i++)
        {
            Of(texts[i]).ShouldBe(lines[i], texts[i]);
        }
    }

    private static string Of(string json) =>
        Encoding.UTF8.GetString(Jcs.Canonicalize(Encoding.UTF8.GetBytes(json)));

    private static Gen<string> AnyValue(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements("null", "true", "false", "0", "-0", "1.0", "1e2", "9007199254740991"),
            ArbMap
                .Default.GeneratorFor<long>()
                .Select(n => n.ToString(CultureInfo.InvariantCulture)),
            ArbMap
                .Default.GeneratorFor<long>()
                .Select(BitConverter.Int64BitsToDouble)
                .Where(double.IsFinite)
                .Select(d => d.ToString("R", CultureInfo.InvariantCulture)),
            AnyString()
        );
        if (depth == 0)
        {
            return leaf;
        }

        var inner = AnyValue(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.ArrayOf().Select(items => $"[{string.Join(", ", items)}]"),
            AnyString()
                .Zip(inner)
                .ListOf()
                .Select(members =>
                    $"{{{string.Join(" ,", members.DistinctBy(m => Of(m.Item1)).Select(m => $"{m.Item1}: {m.Item2}"))}}}"
                )
        );
    }

    // As another program would write it: some characters escaped, some not.
    private static Gen<string> AnyString() =>
        Gen.OneOf(
                Gen.Choose(0, 0x7f),
                Gen.Choose(0x80, 0xd7ff),
                Gen.Choose(0xe000, 0xffff),
                Gen.Choose(0x10000, 0x10ffff)
            )
            .Zip(ArbMap.Default.GeneratorFor<bool>())
            .ArrayOf()
            .Select(runes =>
                $"\"{string.Concat(runes.Select(r => Written(char.ConvertFromUtf32(r.Item1), r.Item2)))}\""
            );

    private static string Written(string character, bool escaped) =>
        escaped
        || character[0] < ' '
        || character is "\"" or "\\"
        || character[0] is '\u2028' or '\u2029'
            ? string.Concat(character.Select(c => $"\\u{(int)c:x4}"))
            : character;
}
