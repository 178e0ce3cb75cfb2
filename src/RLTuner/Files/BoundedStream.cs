namespace RLTuner.Files;

/// <summary>Streams whose lengths nobody vouches for.</summary>
internal static class BoundedStream
{
    /// <summary>
    /// All bytes from here on, or null where there are more than <paramref name="maxBytes"/>; lengths declared elsewhere play no part.
    /// </summary>
    public static byte[]? ReadToEnd(Stream stream, int maxBytes)
    {
        if (stream.CanSeek && stream.Length > maxBytes)
        {
            return null;
        }

        using MemoryStream bytes = new();
        byte[] block = new byte[65536];
        for (int count = stream.Read(block); count > 0; count = stream.Read(block))
        {
            bytes.Write(block, 0, count);
            if (bytes.Length > maxBytes)
            {
                return null;
            }
        }

        return bytes.ToArray();
    }
}
