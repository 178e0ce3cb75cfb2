using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace RLTuner.Files;

/// <summary>
/// A file that is there whole, or not at all, or known to be damaged: eight letters that name its form, the content, and the SHA-256 of
/// both.
/// </summary>
internal static class StateFile
{
    private const int BufferLength = 1 << 20;

    private static readonly byte[] Form = "RLTuner1"u8.ToArray();

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">It cannot be written; an older one stays as it is.</exception>
    public static void Write(string path, Action<BinaryWriter> write) => AtomicFile.Write(path, file =>
    {
        using HashingStream hashing = new(file);
        using (BinaryWriter writer = new(hashing, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Form);
            write(writer);
        }

        file.Write(hashing.Hash());
    });

    /// <summary>Reads a file, once its checksum is found right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads what was written, all of it.</param>
    /// <exception cref="InvalidDataException">The file is cut short, damaged, or of another form.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Read(string path, Action<BinaryReader> read)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength);
        long end = file.Length - SHA256.HashSizeInBytes;
        if (end < Form.Length || !HashOf(file, end).SequenceEqual(ReadHash(file, end)))
        {
            throw new InvalidDataException($"{path}: the checksum is wrong; the file is damaged or cut short");
        }

        file.Position = 0;
        using BinaryReader reader = new(file, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(Form.Length).SequenceEqual(Form))
            {
                throw new InvalidDataException("expected the state of a run by this version");
            }

            read(reader);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }

        if (file.Position != end)
        {
            throw new InvalidDataException($"{path}: expected {end} bytes of state, found other content after {file.Position}");
        }
    }

    private static byte[] HashOf(FileStream file, long length)
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

    private static byte[] ReadHash(FileStream file, long at)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        file.Position = at;
        file.ReadExactly(hash);
        return hash;
    }

    /// <summary>Hashes what passes on its way to a file.</summary>
    private sealed class HashingStream(Stream file) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public byte[] Hash() => _hash.GetHashAndReset();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            file.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

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
