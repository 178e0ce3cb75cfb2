using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Music;
using RLTuner.Runs;

namespace RLTuner.Reports.Figures;

/// <summary>
/// How likely a net found each event at each step of a melody of its own, with the events that were played marked: the picture of the
/// original's <c>visualize_probs</c>.
/// </summary>
internal static class HeatMap
{
    private const double Width = 460, Left = 38, Right = 2, RowHeight = 10, Head = 50, Gap = 6;
    private const double Least = 0.004;

    public static Drawing Draw(string name, string title, string whose, NoteProbabilities map, (int Low, int High) classes, MelodyEncoding encoding, int stepsPerBar)
    {
        Svg svg = new();
        (int low, int high) = classes;
        double step = (Width - Left - Right) / map.Steps.Length;
        double bottom = Head + Gap + ((high - low + 1 + MelodyEncoding.FirstPitchClass) * RowHeight);
        svg.Text("title", 0, 15, title);
        Scale(svg);

        // Holds and note offs at the bottom, above a gap the pitches as in a piano roll.
        double Top(int classNumber) => classNumber < MelodyEncoding.FirstPitchClass
            ? bottom - ((classNumber + 1) * RowHeight)
            : bottom - Gap - ((classNumber - low + MelodyEncoding.FirstPitchClass + 1) * RowHeight);
        foreach (int shown in Classes(low, high))
        {
            MelodyEvent @event = encoding.EventOf(shown);
            if (!@event.StartsNote || @event.Pitch.PitchClass is 0 or 7)
            {
                svg.Text("end quiet tiny", Left - 5, Top(shown) + RowHeight - 1, @event.ToString());
            }

            for (int i = 0; i < map.Steps.Length; i++)
            {
                Cell(svg, map.Steps[i], shown, new Box(Left + (i * step), Top(shown), step, RowHeight), @event);
            }
        }

        for (int i = 0; i < map.Steps.Length; i++)
        {
            svg.Rectangle("played", new Box(Left + (i * step) + 0.5, Top(map.Steps[i].Played) + 0.5, step - 1, RowHeight - 1));
        }

        Ruler(svg, map.Steps.Length, step, stepsPerBar, bottom);
        string description = string.Create(
            CultureInfo.InvariantCulture,
            $"What {whose} expected at each step of its melody {map.Melody}: the fuller a cell, the likelier the event; outlined is what was played.");
        return new Drawing(name, title, description, Width, bottom + 36, svg.ToString());
    }

    /// <summary>The classes of pitches that were likely or played at any step; pictures of a pair share them.</summary>
    public static (int Low, int High) PitchClasses(params IEnumerable<NoteProbabilities> maps)
    {
        const double Likely = 0.02;
        NoteProbabilityStep[] steps = [.. maps.SelectMany(map => map.Steps)];
        int[] shown =
        [
            .. Enumerable.Range(MelodyEncoding.FirstPitchClass, steps[0].Probabilities.Length - MelodyEncoding.FirstPitchClass)
                .Where(pitch => steps.Any(step => step.Played == pitch || step.Probabilities[pitch] >= Likely)),
        ];
        return shown.Length == 0 ? (MelodyEncoding.FirstPitchClass, MelodyEncoding.FirstPitchClass) : (shown[0], shown[^1]);
    }

    private static IEnumerable<int> Classes(int low, int high) =>
        [MelodyEncoding.HoldClass, MelodyEncoding.NoteOffClass, .. Enumerable.Range(low, Math.Max(0, high - low + 1))];

    private static void Cell(Svg svg, NoteProbabilityStep step, int classNumber, Box box, MelodyEvent @event)
    {
        double probability = step.Probabilities[classNumber];
        if (probability >= Least)
        {
            svg.Rectangle("cell c1", box, Opacity(probability), string.Create(CultureInfo.InvariantCulture, $"{@event}: {100 * probability:0.#} %"));
        }
    }

    /// <summary>The root shows small probabilities too, which a tuned net hardly has otherwise.</summary>
    private static double Opacity(double probability) => Math.Sqrt(Math.Min(1, probability));

    private static void Scale(Svg svg)
    {
        double x = Left;
        svg.Text("quiet", x, 36, "probability");
        x += 66;
        foreach (double probability in (double[])[0.01, 0.1, 0.25, 0.5, 1])
        {
            svg.Rectangle("cell c1", new Box(x, 27, 14, 11), Opacity(probability));
            svg.Text("quiet", x + 18, 36, string.Create(CultureInfo.InvariantCulture, $"{100 * probability:0} %"));
            x += probability == 1 ? 64 : 54;
        }

        svg.Rectangle("played", new Box(x, 28, 13, 9));
        svg.Text("quiet", x + 18, 36, "played");
    }

    private static void Ruler(Svg svg, int steps, double step, int stepsPerBar, double bottom)
    {
        for (int start = 0; start < steps; start += stepsPerBar)
        {
            svg.Line("axis", Left + (start * step), Head, Left + (start * step), bottom + 4);
        }

        int every = Math.Max(1, stepsPerBar / 2);
        for (int i = 0; i < steps; i += every)
        {
            svg.Text("quiet tiny", Left + (i * step) + 1, bottom + 13, (i + 1).ToString(CultureInfo.InvariantCulture));
        }

        svg.Line("axis", Left, bottom, Width - Right, bottom);
        svg.Text("end quiet", Width - Right, bottom + 29, "step of the melody (sixteenth notes; lines at bars)");
    }
}
