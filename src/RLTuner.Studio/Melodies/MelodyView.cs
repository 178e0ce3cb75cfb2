using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;

namespace RLTuner.Studio.Melodies;

/// <summary>A note as it is heard.</summary>
internal sealed record NoteView(int Step, int Steps, int Pitch);

/// <summary>A melody as the page shows and plays it.</summary>
/// <param name="Events">One a step: -2 nothing new, -1 note off, 0 to 127 a note begins.</param>
/// <param name="Key">The key that it is written in.</param>
/// <param name="TimeSignature">Its metre.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Abc">The same in ABC notation; empty for metres whose bars it cannot write.</param>
/// <param name="Notes">Its notes.</param>
/// <param name="Given">The first steps, which were given to what composed it.</param>
internal sealed record MelodyView(
    IReadOnlyList<int> Events, string Key, string TimeSignature, string Title, string Abc, IReadOnlyList<NoteView> Notes, int Given)
{
    /// <summary>The melody for the page.</summary>
    public static MelodyView Of(Melody melody, Key key, TimeSignature metre, string title, int given = 0) => new(
        MagentaMelody.NumbersOf(melody),
        key.ToString(),
        metre.ToString(),
        title,
        AbcOf(melody, key, metre, title),
        [.. melody.Notes().Select(note => new NoteView(note.Start, note.Length, note.Pitch.MidiNumber))],
        given);

    private static string AbcOf(Melody melody, Key key, TimeSignature metre, string title)
    {
        try
        {
            return AbcWriter.ToText(melody, new MelodyWriterOptions { Key = key, TimeSignature = metre, Name = title });
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
