using System.Buffers;
using System.Security.Cryptography;

namespace RLTuner.Files;

/// <summary>
/// A file that is there whole, or not at all, or known to be damaged: eight letters that name its form, sections with names, and the SHA-256
/// of all that.
/// </summary>
internal static class StateFile
{
    private const int BufferLength = 1 << 20;

    private static readonly byte[] Form = "RLTuner2"u8.ToArray();

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">It cannot be written; an older one stays as it is.</exception>
    public static void Write(string path, Action<StateWriter> write) => AtomicFile.Write(path, file =>
    {
        using HashingStream hashing = new(file);
        hashing.Write(Form);
        write(new StateWriter(hashing));
        file.Write(hashing.Hash());
    });

    /// <summary>Reads a file, once its checksum is found right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads what was written, all of it.</param>
    /// <exception cref="InvalidDataException">The file is cut short, damaged, or of another form.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Read(string path, Action<StateReader> read)
    {
        using Stream file = RegularFile.OpenRead(path);
        long end = file.Length - SHA256.HashSizeInBytes;
        if (end < Form.Length || !HashOf(file, end).SequenceEqual(ReadHash(file, end)))
        {
            throw new InvalidDataException($"{path}: the checksum is wrong; the file is damaged or cut short");
        }

        file.Position = 0;
        byte[] form = new byte[Form.Length];
        try
        {
            file.ReadExactly(form);
            if (!form.SequenceEqual(Form))
            {
                throw new InvalidDataException("expected the state of a run by this version");
            }

            read(new StateReader(file));
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }

        if (file.Position != end)
        {
            throw new InvalidDataException($"{path}: expected {end} bytes of state, found other content after {file.Position}");
        }
    }

    private static byte[] HashOf(Stream file, long length)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        for (long left = length; left > 0;)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (count == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash.GetHashAndReset();
    }

    private static byte[] ReadHash(Stream file, long at)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        file.Position = at;
        file.ReadExactly(hash);
        return hash;
    }

    /// <summary>Hashes what passes on its way to a file.</summary>
    private sealed class HashingStream(Stream file) : OneWayStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override bool CanWrite => true;

        public byte[] Hash() => _hash.GetHashAndReset();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            file.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
