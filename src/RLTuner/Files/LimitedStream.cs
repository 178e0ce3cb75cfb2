namespace RLTuner.Files;

/// <summary>Reads another stream up to a limit, whatever that one would unpack to, and counts what it reads. Closes it with itself.</summary>
internal sealed class LimitedStream(Stream inner, long limit) : OneWayStream
{
    /// <summary>Only who believes a length that a file declares asks for more at once.</summary>
    private const int MaxRequest = 1 << 20;

    private long _read;

    public override bool CanRead => true;

    /// <summary>Bytes read so far.</summary>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > MaxRequest)
        {
            throw new InvalidDataException($"expected names and attributes of at most {MaxRequest:N0} bytes, found {buffer.Length:N0}");
        }

        int count = inner.Read(buffer);
        _read += count;
        return _read <= limit
            ? count
            : throw new InvalidDataException($"expected at most {limit:N0} bytes when unpacked, found more (unpack it and split it)");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
