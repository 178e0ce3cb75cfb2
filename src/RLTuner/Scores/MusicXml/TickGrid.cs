using System.Numerics;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// A grid of ticks on which everything in a file falls exactly: each part may divide the quarter note as it likes, and anew in each
/// measure.
/// </summary>
internal static class TickGrid
{
    /// <summary>The finest grid. Files that would need a finer one, which only damage or malice makes, are rounded.</summary>
    public const int MaxTicksPerQuarter = 1 << 20;

    /// <summary>Divides by all numbers up to 16.</summary>
    private const int RoundTicksPerQuarter = 720_720;

    /// <summary>Where notes have no durations but their looks: 64ths, and triplets.</summary>
    private const int LookedDivisions = 48;

    /// <summary>The least ticks a quarter note that all divisions and all metres of a file divide.</summary>
    public static int TicksPerQuarter(byte[] text, string name)
    {
        long ticks = 1;
        foreach (int divisor in Divisors(text, name))
        {
            ticks = ticks / (long)BigInteger.GreatestCommonDivisor(ticks, divisor) * divisor;
            if (ticks > MaxTicksPerQuarter)
            {
                return RoundTicksPerQuarter;
            }
        }

        return (int)ticks;
    }

    /// <summary>Into how many parts the file divides the quarter note, each number once.</summary>
    private static HashSet<int> Divisors(byte[] text, string name)
    {
        HashSet<int> divisors = [];
        bool hasDurations = false;
        try
        {
            using MusicXmlCursor cursor = new(text, name);
            while (cursor.Read())
            {
                hasDurations |= cursor.AtElement("duration");
                bool isDivisions = cursor.AtElement("divisions");
                if ((isDivisions || cursor.AtElement("beat-type")) && ElementValues.Integer(cursor.Element().Value) is { } number and > 0)
                {
                    // A beat of a sixteenth is a quarter of a quarter note.
                    divisors.Add(isDivisions ? number : Math.Max(1, number / 4));
                }
            }
        }
        catch (MusicXmlFormatException)
        {
            // The second reading comes to the same place and knows the measure.
        }

        return hasDurations ? divisors : [.. divisors, LookedDivisions];
    }
}
