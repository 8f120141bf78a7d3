using Verify.Tree;

namespace Verify.Tests.Tree;

public sealed class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(4, 1_234_067, 1, "tile/4/x001/x234/067.p/1")]
    [InlineData(1, 1_000, 255, "tile/1/x001/000.p/255")]
    public void Tiles_are_where_the_specification_puts_them(
        int level,
        long n,
        int width,
        string path
    ) => TilePath.Hashes(level, n, width).ShouldBe(path);
}
