using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ledger.Transparency;

/// <summary>
/// Signatures after RFC 8032, by OpenSSL's libcrypto, on which .NET itself rests. .NET 10 has no Ed25519; when it does, or where NSec can be
/// restored, that replaces this file.
/// </summary>
public static class Ed25519
{
    /// <summary>Bytes of a private key as RFC 8032 has it (a seed), and of a public key.</summary>
    public const int KeySize = 32;

    public const int SignatureSize = 64;

    // NID_ED25519 of openssl/obj_mac.h.
    private const int Type = 1087;

    private static readonly string[] s_libraries =
    [
        "libcrypto.so.3",
        "libcrypto.3.dylib",
        "libcrypto-3-x64",
        "libcrypto.so",
        "libcrypto",
    ];

    static Ed25519() =>
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            static (name, assembly, path) =>
                name != NativeMethods.Library
                    ? 0
                    : s_libraries
                        .Select(l =>
                            NativeLibrary.TryLoad(l, assembly, path, out var handle) ? handle : 0
                        )
                        .FirstOrDefault(h => h != 0)
        );

    /// <summary>The public key of a seed.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        var key = Private(seed);
        try
        {
            var publicKey = new byte[KeySize];
            nint length = KeySize;
            Succeed(NativeMethods.EVP_PKEY_get_raw_public_key(key, publicKey, ref length));
            return publicKey;
        }
        finally
        {
            NativeMethods.EVP_PKEY_free(key);
        }
    }

    /// <summary>Signs a message; the same message and seed give the same 64 bytes.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var key = Private(seed);
        var context = NativeMethods.EVP_MD_CTX_new();
        try
        {
            Succeed(NativeMethods.EVP_DigestSignInit(context, 0, 0, 0, key));
            var signature = new byte[SignatureSize];
            nint length = SignatureSize;
            Succeed(
                NativeMethods.EVP_DigestSign(
                    context,
                    signature,
                    ref length,
                    message.ToArray(),
                    message.Length
                )
            );
            return signature;
        }
        finally
        {
            NativeMethods.EVP_MD_CTX_free(context);
            NativeMethods.EVP_PKEY_free(key);
        }
    }

    /// <summary>Whether a signature is the key's over the message; false also for bytes that are no key or no signature.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature
    )
    {
        if (publicKey.Length != KeySize || signature.Length != SignatureSize)
        {
            return false;
        }

        var key = NativeMethods.EVP_PKEY_new_raw_public_key(Type, 0, publicKey.ToArray(), KeySize);
        if (key == 0)
        {
            return false;
        }

        var context = NativeMethods.EVP_MD_CTX_new();
        try
        {
            return NativeMethods.EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                && NativeMethods.EVP_DigestVerify(
                    context,
                    signature.ToArray(),
                    signature.Length,
                    message.ToArray(),
                    message.Length
                ) == 1;
        }
        finally
        {
            NativeMethods.EVP_MD_CTX_free(context);
            NativeMethods.EVP_PKEY_free(key);
        }
    }

    private static nint Private(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != KeySize)
        {
            throw new ArgumentException("A seed has 32 bytes.", nameof(seed));
        }

        var copy = seed.ToArray();
        try
        {
            var key = NativeMethods.EVP_PKEY_new_raw_private_key(Type, 0, copy, KeySize);
            return key != 0
                ? key
                : throw new CryptographicException("OpenSSL does not know Ed25519.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    private static void Succeed(int result)
    {
        if (result != 1)
        {
            throw new CryptographicException("OpenSSL refused to sign.");
        }
    }

    private static class NativeMethods
    {
        public const string Library = "libcrypto";

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint EVP_PKEY_new_raw_private_key(
            int type,
            nint engine,
            byte[] key,
            nint length
        );

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint EVP_PKEY_new_raw_public_key(
            int type,
            nint engine,
            byte[] key,
            nint length
        );

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int EVP_PKEY_get_raw_public_key(
            nint key,
            byte[] publicKey,
            ref nint length
        );

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern void EVP_PKEY_free(nint key);

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint EVP_MD_CTX_new();

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern void EVP_MD_CTX_free(nint context);

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int EVP_DigestSignInit(
            nint context,
            nint keyContext,
            nint digest,
            nint engine,
            nint key
        );

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int EVP_DigestSign(
            nint context,
            byte[] signature,
            ref nint signatureLength,
            byte[] message,
            nint length
        );

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int EVP_DigestVerifyInit(
            nint context,
            nint keyContext,
            nint digest,
            nint engine,
            nint key
        );

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int EVP_DigestVerify(
            nint context,
            byte[] signature,
            nint signatureLength,
            byte[] message,
            nint length
        );
    }
}
