namespace RLTuner.Scores.Midi;

/// <summary>What becomes of a file's faults: strictly each is an error, otherwise a remark, and the reader goes on.</summary>
internal sealed class MidiFaults(string name, bool strict)
{
    private readonly RemarkList _remarks = new();

    public bool IsStrict => strict;

    public IReadOnlyList<Remark> Remarks => _remarks.All;

    /// <summary>Notes a fault, or throws where the reader is strict.</summary>
    /// <param name="offset">The byte of the file.</param>
    /// <param name="expected">What should stand there.</param>
    /// <param name="found">What does; its first bytes are shown.</param>
    /// <param name="action">What is done about it.</param>
    /// <exception cref="MidiFormatException">The reader is strict.</exception>
    public void Report(int offset, string expected, ReadOnlySpan<byte> found, string action)
    {
        if (strict || _remarks.IsNew(action))
        {
            Describe(offset, $"expected {expected}, found {Hex(found)}", action);
        }
    }

    /// <summary>The same, for what is no matter of single bytes.</summary>
    public void Report(int offset, string expected, long found, string action, string unit = "")
    {
        if (strict || _remarks.IsNew(action))
        {
            Describe(offset, $"expected {expected}, found {found}{unit}", action);
        }
    }

    /// <summary>Notes that a track can be read up to an error only.</summary>
    public void Report(MidiFormatException error)
    {
        const string Action = "the rest of the track is passed over";
        if (_remarks.IsNew(Action))
        {
            _remarks.Add(new Remark($"byte {error.Offset}", error.Problem, Action));
        }
    }

    private void Describe(int offset, string problem, string action)
    {
        if (strict)
        {
            throw new MidiFormatException(name, offset, $"{problem} (the file is damaged here)");
        }

        _remarks.Add(new Remark($"byte {offset}", problem, action));
    }

    private static string Hex(ReadOnlySpan<byte> data) => data.IsEmpty ? "no bytes" : "0x" + Convert.ToHexString(data[..Math.Min(4, data.Length)]);
}
