using System.Globalization;
using RLTuner.Music;

namespace RLTuner.Reports.Figures;

/// <summary>
/// A melody as a picture: a row a pitch, a column a step. Rows outside the key are shaded, notes there have another colour.
/// The line of class <c>cursor</c> is hidden until a page plays the melody and moves it, <see cref="Left"/> + step · width of a step.
/// </summary>
public static class PianoRoll
{
    /// <summary>Where step 0 begins.</summary>
    internal const double Left = 30;

    /// <summary>More steps than these would be thinner than a line.</summary>
    internal const int MostSteps = 256;

    private const double Width = 460, RowHeight = 8, Right = 2, Head = 20, Foot = 20, RoomForWord = 36;

    /// <summary>The width of a step in a picture of a melody.</summary>
    internal static double StepWidth(Melody melody) => (Width - Left - Right) / Math.Clamp(melody.Events.Length, 1, MostSteps);

    /// <summary>Draws a melody; its picture has a row for each pitch between its lowest and highest notes.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="melody">The melody; of a long one the first 256 steps are shown.</param>
    /// <param name="key">Whose notes have the first colour.</param>
    /// <param name="timeSignature">Where bars begin.</param>
    public static Drawing Draw(string title, Melody melody, Key key, TimeSignature timeSignature) =>
        Draw("melody", title, melody, PitchRows.For(melody), key, timeSignature);

    internal static Drawing Draw(string name, string title, Melody melody, PitchRows rows, Key key, TimeSignature timeSignature)
    {
        Svg svg = new();
        int steps = Math.Min(melody.Events.Length, MostSteps);
        double step = StepWidth(melody), bottom = Head + (rows.Count * RowHeight);
        svg.Text("small", 0, 12, Lettering.Fitted(title, 60));
        Rows(svg, rows, key);
        Bars(svg, steps, step, timeSignature.StepsPerBar(), bottom);
        MelodyNote[] notes = [.. melody.Notes().Where(note => note.Start < steps)];
        foreach (MelodyNote note in notes)
        {
            Box box = new(
                Left + (note.Start * step) + 0.5,
                Head + (rows.RowOf(note.Pitch) * RowHeight) + 0.8,
                Math.Max(1, (Math.Min(note.Length, steps - note.Start) * step) - 1),
                RowHeight - 1.6);
            svg.Rectangle(key.Contains(note.Pitch) ? "note c1" : "note c2", box, tip: note.Pitch.ToString());
        }

        if (notes.Length == 0)
        {
            svg.Text("mid quiet", (Left + Width) / 2, (Head + bottom) / 2, "silence");
        }

        svg.Line("cursor", Left, Head, Left, bottom);
        string cut = melody.Events.Length > steps ? string.Create(CultureInfo.InvariantCulture, $" Shown are {steps:N0} of {melody.Events.Length:N0} steps.") : "";
        string description = $"Piano roll: a row a semitone, a column a sixteenth, bars numbered; notes outside {key} in the second colour.{cut}";
        return new Drawing(name, title, description, Width, bottom + Foot, svg.ToString());
    }

    private static void Rows(Svg svg, PitchRows rows, Key key)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            Pitch pitch = rows.PitchOf(row);
            double top = Head + (row * RowHeight);
            if (!key.Contains(pitch))
            {
                svg.Rectangle("shade", new Box(Left, top, Width - Left - Right, RowHeight));
            }

            // Every tonic, and the lowest row where there is none.
            if (key.IsTonic(pitch) || (row == rows.Count - 1 && rows.Count < 12))
            {
                svg.Text("end quiet tiny", Left - 4, top + RowHeight - 0.8, pitch.ToString());
                svg.Line("grid", Left, top + RowHeight, Width - Right, top + RowHeight);
            }
        }
    }

    private static void Bars(Svg svg, int steps, double step, int stepsPerBar, double bottom)
    {
        int bars = (steps + stepsPerBar - 1) / stepsPerBar, every = Math.Max(1, (bars + 15) / 16);
        for (int bar = 0; bar < bars; bar++)
        {
            double x = Left + (bar * stepsPerBar * step);
            svg.Line("axis", x, Head, x, bottom);
            if (bar % every == 0)
            {
                svg.Text("quiet tiny", x + 1, bottom + 11, bar == 0 && stepsPerBar * step * every > RoomForWord ? "bar 1" : (bar + 1).ToString(CultureInfo.InvariantCulture));
            }
        }

        svg.Line("axis", Left, bottom, Width - Right, bottom);
    }
}
