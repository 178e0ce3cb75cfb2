using System.Collections.Immutable;
using System.Globalization;

namespace RLTuner.Reports.Figures;

/// <summary>A linear axis: its range, its ticks, and how they are written.</summary>
/// <param name="Label">What is measured, and its unit.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, above <paramref name="Low"/>.</param>
/// <param name="Step">From tick to tick: 1, 2 or 5 times a power of ten.</param>
internal sealed record Axis(string Label, double Low, double High, double Step)
{
    /// <summary>Sizes beyond these are damage, not data; they would overflow.</summary>
    private const double Largest = 1e100, Smallest = 1e-100;

    private const double Million = 1e6, Thousand = 1e3;

    /// <summary>The multiples of <see cref="Step"/> within the range.</summary>
    public ImmutableArray<double> Ticks
    {
        get
        {
            // A hair of tolerance, so that an end of the range that is a tick stays one.
            long first = (long)Math.Ceiling((Low / Step) - 1e-6), last = (long)Math.Floor((High / Step) + 1e-6);
            return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * Step)];
        }
    }

    /// <summary>An axis that shows all values and begins and ends at a tick.</summary>
    /// <param name="label">What is measured, and its unit.</param>
    /// <param name="values">Values to show; those that are no numbers are passed over.</param>
    /// <param name="about">How many ticks it should have, about.</param>
    public static Axis Around(string label, IEnumerable<double> values, int about = 5)
    {
        Axis exact = Exactly(label, values, about);
        return exact with
        {
            Low = Math.Floor((exact.Low / exact.Step) + 1e-6) * exact.Step,
            High = Math.Ceiling((exact.High / exact.Step) - 1e-6) * exact.Step,
        };
    }

    /// <summary>An axis from the smallest value to the largest; from 0 to 1 where there is none.</summary>
    public static Axis Exactly(string label, IEnumerable<double> values, int about = 5)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values.Where(CanShow))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        (low, high) = low > high ? (0, 1) : (low, high);
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= Math.Max(Smallest, size * 1e-9))
        {
            // One value: some room on both sides; nothing but 0: up to 1.
            (low, high) = size <= Smallest ? (0, 1) : (low - (size / 10), high + (size / 10));
        }

        return new Axis(label, low, high, NiceStep((high - low) / about));
    }

    /// <summary>Whether a value is a number of a size that can be drawn.</summary>
    public static bool CanShow(double value) => Math.Abs(value) <= Largest;

    /// <summary>A tick's text; all of an axis have the same number of digits after the point and the same unit, k or M.</summary>
    public string TextOf(double tick)
    {
        double largest = Math.Max(Math.Abs(Low), Math.Abs(High));
        (double unit, string suffix) = largest >= Million ? (Million, "M") : largest >= 10 * Thousand ? (Thousand, "k") : (1, "");
        double step = Step / unit, value = tick / unit;
        int digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 12);
        value = Math.Abs(value) < step / 1000 ? 0 : value;
        if (Math.Abs(value) >= 1e9 || (digits > 6 && value != 0))
        {
            return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        }

        string text = value.ToString("#,0." + new string('0', digits), CultureInfo.InvariantCulture).Replace('-', '\u2212');
        return value == 0 ? "0" : text + suffix;
    }

    /// <summary>The nearest of 1, 2, 5, 10, … times a power of ten, by ratio.</summary>
    private static double NiceStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double share = rough / power;
        return power * (share < Math.Sqrt(2) ? 1 : share < Math.Sqrt(10) ? 2 : share < Math.Sqrt(50) ? 5 : 10);
    }
}
