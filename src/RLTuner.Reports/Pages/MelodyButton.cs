using System.Globalization;
using RLTuner.Music;
using RLTuner.Reports.Figures;

namespace RLTuner.Reports.Pages;

/// <summary>The button that plays a melody; <c>player.js</c> reads its data.</summary>
internal static class MelodyButton
{
    /// <summary>120 quarter notes a minute, as in the MIDI files.</summary>
    private const double SecondsPerStep = 60.0 / 120 / Melody.StepsPerQuarter;

    public static string Of(string name, Melody melody)
    {
        int steps = Math.Min(melody.Events.Length, PianoRoll.MostSteps);
        string notes = string.Join(' ', melody.Notes().Where(note => note.Start < steps).Select(note =>
            string.Create(CultureInfo.InvariantCulture, $"{note.Pitch.MidiNumber},{note.Start},{Math.Min(note.Length, steps - note.Start)}")));
        string text = Page.Text(name);
        return notes.Length == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"<button type=\"button\" aria-pressed=\"false\" aria-label=\"Play {text}\" data-name=\"{text}\" data-notes=\"{notes}\" data-seconds=\"{SecondsPerStep}\""
                + $" data-steps=\"{steps}\" data-left=\"{PianoRoll.Left}\" data-width=\"{PianoRoll.StepWidth(melody):0.####}\">▶ Play</button>");
    }
}
