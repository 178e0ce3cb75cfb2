using System.Text;
using RLTuner.TensorFlow.Checkpoints;

namespace RLTuner.TensorFlow.Tables;

/// <summary>
/// The keys of tensor slices: a 0, the name, the rank, then start and length of each dimension (length -1: all of it), in an
/// encoding whose byte order is the order of what is encoded.
/// </summary>
internal static class SortedKey
{
    private const int WidestNumber = 10;

    public static byte[] OfSlice(string name, TensorSlice slice)
    {
        List<byte> key = [];
        AppendUnsigned(key, 0);
        AppendText(key, Encoding.UTF8.GetBytes(name));
        AppendUnsigned(key, (ulong)slice.StoredExtents.Length);
        foreach ((long start, long length) in slice.StoredExtents)
        {
            AppendSigned(key, start);
            AppendSigned(key, length);
        }

        return [.. key];
    }

    /// <summary>The number of bytes that follow, then those, the highest first.</summary>
    internal static void AppendUnsigned(List<byte> key, ulong value)
    {
        int bytes = (71 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 8;
        key.Add((byte)bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        {
            key.Add((byte)(value >> shift));
        }
    }

    /// <summary>0 and 255 are escaped (0 255, 255 0), so that 0 1 can mark the end.</summary>
    internal static void AppendText(List<byte> key, ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            key.Add(value);
            if (value is 0 or 255)
            {
                key.Add((byte)~value);
            }
        }

        key.Add(0);
        key.Add(1);
    }

    /// <summary>
    /// Two's complement in as few bytes as leave the sign readable, 7 bits a byte and one for the sign. As many leading bits as
    /// there are bytes are then flipped: positive numbers begin with that many ones, negative ones with zeros.
    /// </summary>
    internal static void AppendSigned(List<byte> key, long value)
    {
        ulong magnitude = (ulong)(value < 0 ? ~value : value);
        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount(magnitude);
        int length = (bits / 7) + 1;
        Span<byte> bytes = stackalloc byte[WidestNumber];
        for (int i = 0; i < WidestNumber; i++)
        {
            int shift = 8 * (WidestNumber - 1 - i);
            bytes[i] = (byte)(value >> Math.Min(shift, 63));
        }

        bytes = bytes[(WidestNumber - length)..];
        for (int bit = 0; bit < length; bit++)
        {
            bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        }

        foreach (byte part in bytes)
        {
            key.Add(part);
        }
    }
}
