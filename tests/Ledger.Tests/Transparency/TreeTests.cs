using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Transparency;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>Tree, tiles and proofs, against RFC 6962's definitions written down naively, and against known values.</summary>
public sealed class TreeTests
{
    // The eight leaves of the test vectors of Certificate Transparency, and their roots.
    private static readonly string[] s_leaves =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] s_roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    public static TheoryData<long> Sizes =>
        [
            0,
            1,
            2,
            3,
            7,
            8,
            255,
            256,
            257,
            511,
            512,
            513,
            70_000,
            .. Load.IsLong ? [300_000L] : Array.Empty<long>(),
        ];

    [Fact]
    public void Roots_are_those_of_the_known_vectors()
    {
        var tree = new Tree();
        Hex(tree.Root())
            .ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (var i = 0; i < s_leaves.Length; i++)
        {
            tree.Add(Rfc6962.LeafHash(Convert.FromHexString(s_leaves[i])));
            Hex(tree.Root()).ShouldBe(s_roots[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Tree_tiles_and_proofs_of_every_size_agree_with_the_definition(long size)
    {
        var grown = Grown.To(size);

        Hex(grown.Tree.Root()).ShouldBe(Hex(Naive(grown.Leaves, 0, (int)size)));
        Tile.Of(size)
            .ShouldBe(
                grown
                    .Tiles.Keys.Order()
                    .Select(k => new Tile(k.Level, k.N, grown.Tiles[k].Count / 32))
            );
        foreach (var tile in Tile.Of(size).Where(t => t.Level > 0))
        {
            var span = 1 << (8 * tile.Level);
            for (var i = 0; i < tile.Width; i++)
            {
                var from = (int)((tile.N * 256) + i) * span;
                Hex(grown.Tiles[(tile.Level, tile.N)].Skip(i * 32).Take(32).ToArray())
                    .ShouldBe(Hex(Naive(grown.Leaves, from, from + span)));
            }
        }

        Hex(Tree.Load(size, grown.Root).Root()).ShouldBe(Hex(grown.Tree.Root()));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void An_inclusion_proof_shows_its_leaf_and_no_other(long size)
    {
        var grown = Grown.To(size);
        foreach (var index in Some(size))
        {
            var proof = Lines(Proofs.ProveRecord(index, size), grown);

            Proofs
                .CheckRecord(proof, size, grown.Tree.Root(), index, grown.Leaves[(int)index])
                .ShouldBeTrue();
            Proofs
                .CheckRecord(proof, size, grown.Tree.Root(), index, Rfc6962.LeafHash("x"u8))
                .ShouldBeFalse();
            Proofs
                .CheckRecord(
                    proof,
                    size,
                    grown.Tree.Root(),
                    size == 1 ? 1 : index ^ 1,
                    grown.Leaves[(int)index]
                )
                .ShouldBeFalse();
            Proofs
                .CheckRecord(
                    [.. proof, new byte[32]],
                    size,
                    grown.Tree.Root(),
                    index,
                    grown.Leaves[(int)index]
                )
                .ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_consistency_proof_shows_the_beginning_and_nothing_else(long size)
    {
        var grown = Grown.To(size);
        foreach (var old in Some(size).Append(size).Append(0).Distinct())
        {
            var oldRoot = Tree.Load(old, grown.Root).Root();
            var proof = Lines(Proofs.ProveTree(old, size), grown);

            Proofs
                .CheckTree(proof, size, grown.Tree.Root(), old, oldRoot)
                .ShouldBeTrue($"{old} in {size}");
            Proofs
                .CheckTree(proof, size, grown.Tree.Root(), old, Rfc6962.LeafHash("x"u8))
                .ShouldBeFalse();
            if (proof.Count > 0)
            {
                Proofs
                    .CheckTree(proof, size, Rfc6962.LeafHash("x"u8), old, oldRoot)
                    .ShouldBeFalse();
                Proofs
                    .CheckTree(proof.Skip(1).ToList(), size, grown.Tree.Root(), old, oldRoot)
                    .ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_pair_of_small_sizes_is_consistent_and_every_leaf_of_them_included()
    {
        var grown = Grown.To(40);
        for (var size = 1; size <= 40; size++)
        {
            var root = Naive(grown.Leaves, 0, size);
            for (var i = 0; i < size; i++)
            {
                var inclusion = Lines(Proofs.ProveRecord(i, size), grown);
                Proofs.CheckRecord(inclusion, size, root, i, grown.Leaves[i]).ShouldBeTrue();
                var consistency = Lines(Proofs.ProveTree(i, size), grown);
                Proofs
                    .CheckTree(consistency, size, root, i, Naive(grown.Leaves, 0, i))
                    .ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData("000", 0, 256)]
    [InlineData("x001/x234/067", 1234067, 256)]
    [InlineData("x001/000", 1000, 256)]
    [InlineData("273.p/112", 273, 112)]
    [InlineData("x001/000.p/1", 1000, 1)]
    public void A_path_is_read_and_written(string path, long n, int width)
    {
        Tile.TryParsePath(path, out var readN, out var readWidth).ShouldBeTrue();
        (readN, readWidth).ShouldBe((n, width));
        Tile.PathOf(n, width).ShouldBe(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("x000/000")]
    [InlineData("001/000")]
    [InlineData("x001/x000")]
    [InlineData("x001/00a")]
    [InlineData("000.p/0")]
    [InlineData("000.p/256")]
    [InlineData("000.p/01")]
    [InlineData("000.p/")]
    [InlineData("000.p/1/2")]
    [InlineData("000.p/+1")]
    [InlineData(" 000")]
    [InlineData("-01")]
    [InlineData("x999/x999/x999/x999/x999/x999/x999/999")]
    public void A_path_of_another_form_is_refused(string path) =>
        Tile.TryParsePath(path, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0", true)]
    [InlineData("63", true)]
    [InlineData("64", false)]
    [InlineData("00", false)]
    [InlineData("-1", false)]
    [InlineData("", false)]
    public void A_level_is_a_decimal_up_to_63(string text, bool right) =>
        Tile.TryParseLevel(text, out _).ShouldBe(right);

    [Fact]
    public void A_tree_of_70000_has_the_tiles_of_the_specification()
    {
        var tiles = Tile.Of(70_000).ToList();
        tiles.Count(t => t is { Level: 0, IsFull: true }).ShouldBe(273);
        tiles
            .Where(t => !t.IsFull)
            .ShouldBe([new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1)]);
        new Tile(0, 273, 113).IsIn(70_000).ShouldBeFalse();
        new Tile(0, 273, 5).IsIn(70_000).ShouldBeTrue();
        new Tile(9, 0, 1).IsIn(70_000).ShouldBeFalse();
        new Tile(0, long.MaxValue, 1).IsIn(70_000).ShouldBeFalse();
    }

    private static IEnumerable<long> Some(long size) =>
        new[]
        {
            0,
            1,
            2,
            127,
            128,
            254,
            255,
            256,
            257,
            65_535,
            65_536,
            (size / 2) - 1,
            size / 2,
            size - 2,
            size - 1,
        }
            .Where(i => i >= 0 && i < size)
            .Distinct();

    private static List<byte[]> Lines(IReadOnlyList<Proofs.Range> proof, Grown grown) =>
        [.. proof.Select(r => r.Hash(grown.Root))];

    private static byte[] Naive(IReadOnlyList<byte[]> leaves, int from, int to)
    {
        if (to - from <= 1)
        {
            return to == from ? SHA256.HashData([]) : leaves[from];
        }

        var k = 1;
        while (k * 2 < to - from)
        {
            k *= 2;
        }

        return SHA256.HashData([
            1,
            .. Naive(leaves, from, from + k),
            .. Naive(leaves, from + k, to),
        ]);
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private sealed class Grown
    {
        public Tree Tree { get; } = new();

        public List<byte[]> Leaves { get; } = [];

        public Dictionary<(int Level, long N), List<byte>> Tiles { get; } = [];

        public static Grown To(long size)
        {
            var grown = new Grown();
            for (var i = 0; i < size; i++)
            {
                var leaf = Rfc6962.LeafHash(
                    Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))
                );
                grown.Leaves.Add(leaf);
                grown.Tree.Add(
                    leaf,
                    (level, place, hash) =>
                    {
                        var key = (level, place / 256);
                        if (!grown.Tiles.TryGetValue(key, out var tile))
                        {
                            grown.Tiles[key] = tile = [];
                        }

                        (tile.Count / 32).ShouldBe((int)(place % 256));
                        tile.AddRange(hash);
                    }
                );
            }

            return grown;
        }

        public byte[] Root(Subtree subtree)
        {
            var hashes = Tiles[(subtree.Tile.Level, subtree.Tile.N)];
            return subtree.RootFrom(hashes.Take(subtree.Tile.Width * 32).ToArray());
        }
    }
}
