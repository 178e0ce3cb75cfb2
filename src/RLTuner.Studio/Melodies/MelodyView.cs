using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Melodies;

/// <summary>A note as it is heard.</summary>
internal sealed record NoteView(int Step, int Steps, int Pitch);

/// <summary>A melody as the page shows and plays it.</summary>
/// <param name="Events">One a step: -2 nothing new, -1 note off, 0 to 127 a note begins.</param>
/// <param name="Key">The key that it is written in.</param>
/// <param name="TimeSignature">Its metre.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Abc">The same in ABC notation.</param>
/// <param name="Notes">Its notes.</param>
/// <param name="Given">The first steps, which were given to what composed it.</param>
internal sealed record MelodyView(
    IReadOnlyList<int> Events, string Key, string TimeSignature, string Title, string Abc, IReadOnlyList<NoteView> Notes, int Given)
{
    /// <summary>More steps than anybody looks at.</summary>
    private const int MostSteps = 65_536;

    private const int Hold = -2, NoteOff = -1;

    /// <summary>The melody for the page.</summary>
    public static MelodyView Of(Melody melody, Key key, TimeSignature metre, string title, int given = 0) => new(
        [.. melody.Events.Select(played => played.StartsNote ? played.Pitch.MidiNumber : played.IsNoteOff ? NoteOff : Hold)],
        key.ToString(),
        metre.ToString(),
        title,
        AbcWriter.ToText(melody, new MelodyWriterOptions { Key = key, TimeSignature = metre, Name = title }),
        [.. melody.Notes().Select(note => new NoteView(note.Start, note.Length, note.Pitch.MidiNumber))],
        given);

    /// <summary>The melody of events that the page sends.</summary>
    /// <exception cref="StudioException">There are too many, or one is none.</exception>
    public static Melody Parse(IReadOnlyList<int> events) => events.Count > MostSteps
        ? throw new StudioException(400, $"events: expected at most {MostSteps}, found {events.Count}")
        : new Melody(events.Select(EventOf).ToImmutableArray());

    private static MelodyEvent EventOf(int number) => number switch
    {
        Hold => MelodyEvent.Hold,
        NoteOff => MelodyEvent.NoteOff,
        >= 0 and <= 127 => MelodyEvent.NoteOn(new Pitch(number)),
        _ => throw new StudioException(400, $"events: expected -2 (nothing new), -1 (note off) or a pitch from 0 to 127, found {number}"),
    };
}
