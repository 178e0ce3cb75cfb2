using System.Globalization;

namespace RLTuner.Music;

/// <summary>A metre such as 4/4 or 6/8.</summary>
/// <param name="Numerator">Beats in a bar, 1 to 255.</param>
/// <param name="Denominator">The note value of a beat: a power of two, 1 to 64.</param>
public readonly record struct TimeSignature(int Numerator, int Denominator)
{
    /// <summary>4/4.</summary>
    public static TimeSignature CommonTime { get; } = new(4, 4);

    /// <summary>The length of a bar in quarter notes: 4 in 4/4, 3 in 6/8.</summary>
    public double QuartersPerBar => 4.0 * Numerator / Denominator;

    /// <summary>The length of a bar in steps of the grid; a bar that does not fill whole steps is rounded down, to at least one.</summary>
    /// <param name="stepsPerQuarter">The grid: 4 for sixteenth notes.</param>
    public int StepsPerBar(int stepsPerQuarter = Melody.StepsPerQuarter) => Math.Max(1, (int)(QuartersPerBar * stepsPerQuarter));

    /// <summary>
    /// The length of a beat in steps: a dotted quarter where eighths or shorter come in threes (3/8, 6/8, 9/8, 12/8), else the value
    /// below the line, but no longer than a quarter.
    /// </summary>
    /// <param name="stepsPerQuarter">The grid: 4 for sixteenth notes.</param>
    public int StepsPerBeat(int stepsPerQuarter = Melody.StepsPerQuarter)
    {
        int unit = Math.Clamp(4 * stepsPerQuarter / Denominator, 1, stepsPerQuarter);
        return Denominator >= 8 && Numerator % 3 == 0 ? 3 * unit : unit;
    }

    /// <summary>The strength of a bar line, the greatest.</summary>
    public const int BarLine = 4;

    /// <summary>The strength of a beat in the middle of a bar.</summary>
    public const int MiddleOfBar = 3;

    /// <summary>The strength of any other beat.</summary>
    public const int Beat = 2;

    /// <summary>How strong a step of the bar is: <see cref="BarLine"/>, <see cref="MiddleOfBar"/>, <see cref="Beat"/>, 1 for an eighth, 0 for a sixteenth.</summary>
    /// <param name="stepInBar">From 0.</param>
    public int StrengthOf(int stepInBar) =>
        stepInBar == 0 ? BarLine
        : stepInBar % StepsPerBeat() == 0 ? (2 * stepInBar == StepsPerBar() ? MiddleOfBar : Beat)
        : stepInBar % (Melody.StepsPerQuarter / 2) == 0 ? 1
        : 0;

    /// <summary>Reads a metre such as <c>3/4</c>.</summary>
    /// <exception cref="FormatException">The text is no metre.</exception>
    public static TimeSignature Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int numerator) && numerator is >= 1 and <= 255
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
            && denominator is 1 or 2 or 4 or 8 or 16 or 32 or 64
            ? new TimeSignature(numerator, denominator)
            : throw new FormatException($"expected a time signature such as 4/4, 3/4 or 6/8, found '{text}'");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
