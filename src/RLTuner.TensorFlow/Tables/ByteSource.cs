using RLTuner.Files;

namespace RLTuner.TensorFlow.Tables;

/// <summary>Bytes that can be read at any place: a file, or a file inside a bundle. Reads never go beyond its end.</summary>
internal abstract class ByteSource(string name)
{
    /// <summary>What error messages call it.</summary>
    public string Name { get; } = name;

    public abstract long Length { get; }

    /// <summary>Reads a stretch; what it is goes into the error if it does not lie within the source.</summary>
    public byte[] Read(long offset, long count, string what)
    {
        if (offset < 0 || count < 0 || offset > Length - count || count > Array.MaxLength)
        {
            throw Error($"expected {what} of {count} bytes at {offset}, found "
                + (Foreign() ?? $"the file ends at {Length}. It is truncated or damaged; copy it again"));
        }

        return ReadWithin(offset, (int)count);
    }

    /// <summary>What the source is instead, where a page or pointer was saved in its place; else null.</summary>
    public string? Foreign() => ForeignContent.Describe(ReadWithin(0, (int)Math.Min(512, Length)));

    public CheckpointFormatException Error(string problem, Exception? cause = null) => new(Name, problem, cause);

    protected abstract byte[] ReadWithin(long offset, int count);
}

/// <summary>A file, opened for each read so that nothing need be closed.</summary>
internal sealed class FileSource : ByteSource
{
    private readonly string _path;

    public FileSource(string path)
        : base(path)
    {
        _path = path;
        FileInfo file = new(path);
        Length = Guarded(() => file.LinkTarget is null ? file.Length : RegularFile.LengthOf(file));
    }

    public override long Length { get; }

    // Nothing is read of what holds nothing: to open a pipe would be to wait for who writes to it.
    protected override byte[] ReadWithin(long offset, int count) => count == 0 ? [] : Guarded(() =>
    {
        using FileStream stream = new(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        stream.Position = offset;
        byte[] bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    });

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FileNotFoundException e)
        {
            throw Error("expected this file, found none (check the path)", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Error(FileProblem.Words(e, _path), e);
        }
    }
}

/// <summary>A file inside another.</summary>
internal sealed class MemorySource(string name, ReadOnlyMemory<byte> bytes) : ByteSource(name)
{
    public override long Length => bytes.Length;

    protected override byte[] ReadWithin(long offset, int count) => bytes.Slice((int)offset, count).ToArray();
}
