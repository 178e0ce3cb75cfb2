namespace RLTuner.NoteRnn.Inputs;

/// <summary>
/// What a net hears at a step, as rows of its lowest kernel, each with a factor. Nets hear several side by side
/// (<see cref="NoteRnnInputs"/>). Two of the same <see cref="Name"/> and <see cref="Width"/> are the same.
/// </summary>
public interface IInputEncoding
{
    /// <summary>The word for it in files, such as <c>bar-ago:1</c>.</summary>
    string Name { get; }

    /// <summary>Rows of the kernel that are its own.</summary>
    int Width { get; }

    /// <summary>The most rows that it adds at a step.</summary>
    int MostRows { get; }

    /// <summary>Says what is heard before a step. It is pure: the same melody gives the same rows.</summary>
    /// <param name="heard">The melody so far.</param>
    /// <param name="rows">Receives <see cref="MostRows"/> rows below <see cref="Width"/>, <see cref="InputRow.None"/> where there are fewer.</param>
    void Encode(HeardSoFar heard, Span<InputRow> rows);
}
