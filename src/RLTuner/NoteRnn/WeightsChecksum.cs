using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace RLTuner.NoteRnn;

/// <summary>
/// The SHA-256 of a file of weights, kept in its metadata: of the header, with zeros in the checksum's place, and the data. Files of
/// others, which have none, count as right.
/// </summary>
internal static class WeightsChecksum
{
    /// <summary>The metadata's name for it.</summary>
    public const string Key = "sha256";

    /// <summary>What stands in its place while it is computed.</summary>
    public static readonly string Blank = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Puts the checksum into a header that has the blank one.</summary>
    public static void Fill(byte[] header, IEnumerable<NoteRnnWeights> weights)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (NoteRnnWeights some in weights)
        {
            hash.AppendData(MemoryMarshal.AsBytes(some.Values.AsSpan()));
        }

        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())).CopyTo(Place(header));
    }

    /// <summary>Whether header and data are those that were written, as far as the header tells.</summary>
    /// <param name="header">The header, as it was found.</param>
    /// <param name="data">Stands where the data begin, and stands there again afterwards.</param>
    public static bool IsRight(ReadOnlySpan<byte> header, Stream data)
    {
        byte[] blanked = header.ToArray();
        Span<byte> place = Place(blanked);
        if (place.IsEmpty)
        {
            return true;
        }

        string expected = Encoding.ASCII.GetString(place);
        place.Fill((byte)'0');
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(blanked);
        long start = data.Position;
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = data.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, count);
        }

        data.Position = start;
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == expected;
    }

    private static Span<byte> Place(byte[] header)
    {
        byte[] key = Encoding.ASCII.GetBytes($"\"{Key}\":\"");
        int at = header.AsSpan().IndexOf(key);
        return at < 0 || at + key.Length + Blank.Length > header.Length ? [] : header.AsSpan(at + key.Length, Blank.Length);
    }
}
