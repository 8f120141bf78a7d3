using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Verify.Tests.Log;

/// <summary>Signs notes: a log, or a witness. Written for the tests, from the specifications.</summary>
public sealed unsafe class Signer
{
    private readonly byte[] _seed;
    private readonly byte[] _public;
    private readonly byte _type;

    private Signer(string name, byte type, byte[] seed)
    {
        Name = name;
        _type = type;
        _seed = seed;
        _public = new byte[32];
        var key = EVP_PKEY_new_raw_private_key(1087, 0, _seed, 32);
        nuint length = 32;
        EVP_PKEY_get_raw_public_key(key, _public, ref length).ShouldBe(1);
        EVP_PKEY_free(key);
    }

    public string Name { get; }

    public static Signer Log(string name = "musterstadt.example/log") =>
        new(name, 1, RandomNumberGenerator.GetBytes(32));

    public static Signer Witness(string name = "zeuge.example/w1") =>
        new(name, 4, RandomNumberGenerator.GetBytes(32));

    private byte[] Id =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', _type, .. _public])[..4];

    public string VerifierKey =>
        $"{Name}+{Convert.ToHexStringLower(Id)}+{Convert.ToBase64String([_type, .. _public])}";

    /// <summary>The signature line under a checkpoint.</summary>
    /// <param name="at">When a witness signs.</param>
    public string Line(string body, DateTimeOffset? at = null)
    {
        if (_type == 1)
        {
            return Line(Sign(Encoding.UTF8.GetBytes(body)));
        }

        var time = at!.Value.ToUnixTimeSeconds();
        var stamp = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(stamp, time);
        return Line([
            .. stamp,
            .. Sign(Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n{body}")),
        ]);
    }

    private string Line(byte[] signature) =>
        $"— {Name} {Convert.ToBase64String([.. Id, .. signature])}\n";

    private byte[] Sign(byte[] message)
    {
        var key = EVP_PKEY_new_raw_private_key(1087, 0, _seed, 32);
        var context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, 0, 0, 0, key).ShouldBe(1);
        var signature = new byte[64];
        nuint length = 64;
        EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length).ShouldBe(1);
        EVP_MD_CTX_free(context);
        EVP_PKEY_free(key);
        return signature;
    }

#pragma warning disable SYSLIB1054, CA5392, CA1401
    [DllImport("libcrypto.so.3")]
    private static extern nint EVP_PKEY_new_raw_private_key(int t, nint e, byte[] key, nuint n);

    [DllImport("libcrypto.so.3")]
    private static extern int EVP_PKEY_get_raw_public_key(nint key, byte[] to, ref nuint n);

    [DllImport("libcrypto.so.3")]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport("libcrypto.so.3")]
    private static extern nint EVP_MD_CTX_new();

    [DllImport("libcrypto.so.3")]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport("libcrypto.so.3")]
    private static extern int EVP_DigestSignInit(nint c, nint p, nint d, nint e, nint key);

    [DllImport("libcrypto.so.3")]
    private static extern int EVP_DigestSign(
        nint c,
        byte[] to,
        ref nuint n,
        byte[] m,
        nuint length
    );
#pragma warning restore SYSLIB1054, CA5392, CA1401
}
