using System.Globalization;

namespace RLTuner.NoteRnn.Inputs;

/// <summary>
/// The event that was heard some bars before the step that comes next, one-hot: what would come if the bar were repeated. Nothing where
/// the melody is not that old. (Magenta's lookback_rnn has such inputs.)
/// </summary>
/// <param name="classes">Event classes.</param>
/// <param name="bars">How many bars ago, at least 1.</param>
public sealed class BarsAgoInput(int classes, int bars) : IInputEncoding
{
    /// <summary>The word for it in files, before the number of bars.</summary>
    internal const string Word = "bars-ago";

    /// <inheritdoc/>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{Word}:{bars}");

    /// <inheritdoc/>
    public int Width => classes;

    /// <inheritdoc/>
    public int MostRows => 1;

    /// <inheritdoc/>
    public void Encode(HeardSoFar heard, Span<InputRow> rows)
    {
        int at = heard.Events.Length - (bars * heard.Plan.StepsPerBar);
        rows[0] = at >= 0 ? new(heard.Events[at]) : InputRow.None;
    }
}
