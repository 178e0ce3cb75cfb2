namespace RLTuner.Files;

/// <summary>Reads another stream up to a limit, whatever that one would unpack to, and counts what it reads. Closes it with itself, unless told otherwise.</summary>
internal sealed class LimitedStream(Stream inner, long limit, bool leaveOpen = false) : OneWayStream
{
    private long _read;

    /// <summary>Whether a read found nothing more.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    /// <summary>Bytes read so far.</summary>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        _read += count;
        HasEnded |= count == 0;
        return _read <= limit
            ? count
            : throw new InvalidDataException($"expected at most {limit:N0} bytes when unpacked, found more (unpack it and split it)");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
