using RLTuner.Music;

namespace RLTuner.Cli.Display;

/// <summary>A melody as a picture in text: a row a pitch, a column a sixteenth, bars apart.</summary>
internal static class PianoRoll
{
    private const char Attack = '■', Sustain = '─', BarLine = '│';

    /// <summary>The picture's lines, the highest pitch first; only pitches that sound have a row.</summary>
    public static IEnumerable<string> Draw(Melody melody, TimeSignature timeSignature)
    {
        MelodyNote[] notes = [.. melody.Notes()];
        if (notes.Length == 0)
        {
            yield return "(silence)";
        }

        int stepsPerBar = timeSignature.StepsPerBar();
        foreach (IGrouping<Pitch, MelodyNote> row in notes.GroupBy(note => note.Pitch).OrderByDescending(group => group.Key))
        {
            char[] steps = [.. Enumerable.Repeat(' ', melody.Events.Length)];
            foreach (MelodyNote note in row)
            {
                steps.AsSpan(note.Start, note.Length).Fill(Sustain);
                steps[note.Start] = Attack;
            }

            yield return $"{row.Key,4} {BarLine}{string.Join(BarLine, steps.Chunk(stepsPerBar).Select(bar => new string(bar)))}{BarLine}";
        }
    }
}
