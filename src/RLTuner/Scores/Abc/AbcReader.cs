namespace RLTuner.Scores.Abc;

/// <summary>
/// Reads tunes in ABC notation (standard 2.1, with older practice): a score with one instrument a voice. Time and memory are bounded by the
/// tune's size and by a limit on what its repeats may amount to.
/// </summary>
public static class AbcReader
{
    /// <summary>Reads a tune.</summary>
    /// <param name="tune">The tune, from <see cref="AbcFile"/>.</param>
    /// <param name="playRepeats">Whether repeats, endings and the order of parts are played out; if not, each bar comes once as it stands.</param>
    /// <exception cref="AbcFormatException">It cannot be read; the message names file, tune and line.</exception>
    public static Score Read(AbcTune tune, bool playRepeats = true)
    {
        ArgumentNullException.ThrowIfNull(tune);
        AbcTuneReader reader = new(tune, impliesKey: tune.Lines.All(line => line.Field != 'K'));
        IReadOnlyList<AbcVoice> voices = reader.Read();
        return new AbcPerformer(tune, reader.PartOrder, playRepeats).Play(voices) with { Remarks = [.. reader.Remarks] };
    }
}
