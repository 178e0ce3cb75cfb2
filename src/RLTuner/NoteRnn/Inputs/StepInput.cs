using System.Globalization;

namespace RLTuner.NoteRnn.Inputs;

/// <summary>Which step of the melody comes next, one-hot; steps beyond the last that it can tell apart, and primers, count as none.</summary>
/// <param name="steps">Steps that it can tell apart.</param>
public sealed class StepInput(int steps) : IInputEncoding
{
    /// <summary>The word for it in files, before the number of steps.</summary>
    internal const string Word = "step";

    /// <inheritdoc/>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{Word}:{steps}");

    /// <inheritdoc/>
    public int Width => steps;

    /// <inheritdoc/>
    public int MostRows => 1;

    /// <inheritdoc/>
    public void Encode(HeardSoFar heard, Span<InputRow> rows) => rows[0] = (uint)heard.Step < (uint)steps ? new(heard.Step) : InputRow.None;
}
