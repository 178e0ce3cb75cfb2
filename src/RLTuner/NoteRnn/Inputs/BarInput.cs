namespace RLTuner.NoteRnn.Inputs;

/// <summary>
/// Where in its bar the step that comes next lies: steps since the bar line, and steps to the next one, each one-hot. Together they say how
/// long the bars are, so that the metre is known from the first step on. Of longer bars than 32 steps the rest counts as the last.
/// </summary>
public sealed class BarInput : IInputEncoding
{
    /// <summary>The word for it in files.</summary>
    internal const string Word = "bar";

    private const int LongestBar = 32;

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public int Width => 2 * LongestBar;

    /// <inheritdoc/>
    public int MostRows => 2;

    /// <inheritdoc/>
    public void Encode(HeardSoFar heard, Span<InputRow> rows)
    {
        int bar = heard.Plan.StepsPerBar, since = ((heard.Step % bar) + bar) % bar, left = bar - since;
        rows[0] = new(Math.Min(since, LongestBar - 1));
        rows[1] = new(LongestBar + Math.Min(left, LongestBar) - 1);
    }
}
