namespace RLTuner.Files;

/// <summary>The checksum of zip and gzip: CRC-32 with the polynomial of IEEE 802.3, lowest bit first.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        uint rest = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320;
        }

        return rest;
    })];

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint rest = uint.MaxValue;
        foreach (byte next in bytes)
        {
            rest = (rest >> 8) ^ Table[(byte)(rest ^ next)];
        }

        return ~rest;
    }
}
