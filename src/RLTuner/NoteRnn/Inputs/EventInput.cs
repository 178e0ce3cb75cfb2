namespace RLTuner.NoteRnn.Inputs;

/// <summary>The event heard last, one-hot; nothing before the first.</summary>
/// <param name="classes">Event classes.</param>
public sealed class EventInput(int classes) : IInputEncoding
{
    /// <inheritdoc/>
    public string Name => "event";

    /// <inheritdoc/>
    public int Width => classes;

    /// <inheritdoc/>
    public int MostRows => 1;

    /// <inheritdoc/>
    public void Encode(HeardSoFar heard, Span<InputRow> rows) => rows[0] = heard.Events is [.., int last] ? new(last) : InputRow.None;
}
