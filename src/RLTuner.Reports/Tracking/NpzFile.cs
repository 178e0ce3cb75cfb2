using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using RLTuner.Files;
using RLTuner.Scores;

namespace RLTuner.Reports.Tracking;

/// <summary>
/// Named arrays of doubles in one file, as <c>numpy.load</c> reads it: a zip whose entry <c>name.npy</c> holds an array in NumPy's
/// format 1.0 (NEP 1). The same arrays give the same bytes.
/// </summary>
public static class NpzFile
{
    private const int Alignment = 64;

    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8, 1, 0];

    /// <summary>Writes a file, which appears when it is complete.</summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="arrays">Vectors by name.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<(string Name, double[] Values)> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, file =>
        {
            using ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, double[] values) in arrays)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream content = entry.Open();
                content.Write(Header(values.Length));
                content.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            }
        });
    }

    /// <summary>The magic bytes, the length of the rest, a Python literal, and spaces up to a multiple of 64 with a line's end.</summary>
    private static byte[] Header(int length)
    {
        string literal = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({length},), }}");
        int start = Magic.Length + sizeof(ushort), total = (start + literal.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] rest = Encoding.ASCII.GetBytes(literal.PadRight(total - start - 1) + "\n");
        return [.. Magic, (byte)rest.Length, (byte)(rest.Length >> 8), .. rest];
    }
}
