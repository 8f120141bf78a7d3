using System.Reflection;
using System.Runtime.InteropServices;

namespace Verify.Notes;

/// <summary>
/// Ed25519 (RFC 8032) by OpenSSL's libcrypto, because .NET 10 has none. Where a machine has no OpenSSL 3, <see cref="CannotCheckException"/>
/// says so. NSec or the runtime's own Ed25519 would replace this file.
/// </summary>
public static unsafe partial class Ed25519
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    private const string Library = "libcrypto";
    private const int Type = 1087; // NID_ED25519
    private static readonly string[] s_names =
    [
        "libcrypto.so.3",
        "libcrypto.3.dylib",
        "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
        "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib",
        "libcrypto-3-x64.dll",
        "libcrypto-3-arm64.dll",
    ];

    static Ed25519() =>
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            static (name, assembly, _) =>
            {
                if (name != Library)
                {
                    return 0;
                }

                foreach (var file in s_names)
                {
                    if (NativeLibrary.TryLoad(file, assembly, null, out var handle))
                    {
                        return handle;
                    }
                }

                return 0;
            }
        );

    /// <summary>Whether a signature over a message is by the holder of a key. A malformed key or signature is none.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature
    )
    {
        if (key.Length != KeySize || signature.Length != SignatureSize)
        {
            return false;
        }

        try
        {
            return VerifyNative(key, message, signature);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new CannotCheckException(Obstacles.NoOpenSsl);
        }
    }

    private static bool VerifyNative(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature
    )
    {
        nint parsed;
        fixed (byte* bytes = key)
        {
            parsed = NewRawPublicKey(Type, 0, bytes, (nuint)key.Length);
        }

        var context = ContextNew();
        try
        {
            // The empty message still needs an address.
            Span<byte> nothing = [0];
            fixed (byte* text = message.IsEmpty ? nothing : message)
            fixed (byte* signed = signature)
            {
                return parsed != 0
                    && context != 0
                    && VerifyInit(context, 0, 0, 0, parsed) == 1
                    && DigestVerify(
                        context,
                        signed,
                        (nuint)signature.Length,
                        text,
                        (nuint)message.Length
                    ) == 1;
            }
        }
        finally
        {
            ContextFree(context);
            KeyFree(parsed);
        }
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial nint NewRawPublicKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void KeyFree(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint ContextNew();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int VerifyInit(
        nint context,
        nint keyContext,
        nint digest,
        nint engine,
        nint key
    );

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int DigestVerify(
        nint context,
        byte* signature,
        nuint signatureLength,
        byte* text,
        nuint length
    );
}
