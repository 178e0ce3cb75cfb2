using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Music;

namespace RLTuner.Scores.Abc;

/// <summary>The fields of time: M: (metre), L: (unit length) and Q: (tempo). Words behind what they name are left to the caller to mention.</summary>
internal static partial class AbcTiming
{
    /// <summary>Ticks in a quarter note: 2^7 times 3 times 3 times 5 times 7, so that triplets of 128th notes and septuplets come out whole.</summary>
    public const int TicksPerQuarter = 40320;

    /// <summary>Ticks in a whole note.</summary>
    public const int TicksPerWhole = 4 * TicksPerQuarter;

    private const int MaxNumber = 1_000_000;

    /// <summary>Reads a metre such as <c>6/8</c>, <c>C|</c> or <c>(2+3)/8</c>; null for <c>none</c>. False for what is none of these.</summary>
    public static bool TryMetre(string text, out TimeSignature? metre)
    {
        metre = null;
        switch (text)
        {
            case "" or "none" or "free":
                return true;
            case "C" or "c":
                metre = TimeSignature.CommonTime;
                return true;
            case "C|" or "c|":
                metre = new TimeSignature(2, 2);
                return true;
        }

        Match match = Fraction().Match(text);
        int beats = match.Groups["beat"].Captures.Sum(beat => Number(beat.Value, 255) ?? 256);
        int part = Number(match.Groups["part"].Value, 64) ?? 0;
        bool isMetre = match.Success && beats is > 0 and <= 255 && part > 0 && int.IsPow2(part);
        metre = isMetre ? new TimeSignature(beats, part) : null;
        return isMetre;
    }

    /// <summary>The unit length that a metre implies: a sixteenth for metres below 3/4, else an eighth.</summary>
    public static long ImpliedUnit(TimeSignature? metre) => metre is { QuartersPerBar: < 3 } ? TicksPerWhole / 16 : TicksPerWhole / 8;

    /// <summary>Reads a length such as <c>1/8</c> or <c>1</c> as ticks; null for what is none.</summary>
    public static long? Length(string text)
    {
        Match match = Fraction().Match(text);
        bool isWhole = !match.Success && text.Length > 0 && text.All(char.IsAsciiDigit);
        long numerator = Number(isWhole ? text : match.Groups["beat"].Value, MaxNumber) ?? 0;
        long denominator = isWhole ? 1 : match.Groups["beat"].Captures.Count == 1 ? Number(match.Groups["part"].Value, MaxNumber) ?? 0 : 0;
        long ticks = denominator > 0 ? TicksPerWhole * numerator / denominator : 0;
        return ticks is > 0 and <= 64L * TicksPerWhole ? ticks : null;
    }

    /// <summary>
    /// Reads a tempo such as <c>1/4=120</c>, <c>"Allegro" 3/8=60</c>, <c>1/4 3/8=40</c>, <c>C=100</c> or <c>120</c> as quarters a minute; the last
    /// two count unit lengths. Null where it holds words only. False for what is no tempo from 1 to 10,000.
    /// </summary>
    public static bool TryTempo(string text, long unit, out double? quarters)
    {
        string[] pieces = text.Split('"');
        string plain = string.Join(' ', pieces.Where((_, i) => i % 2 == 0)).Trim();
        int equals = plain.IndexOf('=', StringComparison.Ordinal);
        quarters = null;
        if (equals < 0 && !double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        string rate = Rate().Match(plain[(equals + 1)..]).Value;
        long? beat = equals < 0 ? unit : BeatLength(plain[..equals].Trim(), unit);
        if (double.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double beats)
            && beats * beat / TicksPerQuarter is { } found and >= 1 and <= 10_000)
        {
            quarters = found;
        }

        return quarters is not null;
    }

    private static long? BeatLength(string text, long unit)
    {
        if (text.Length > 0 && text[0] is 'C' or 'c')
        {
            return text.Length == 1 ? unit : unit * Number(text[1..], 64);
        }

        return text.Length == 0 ? unit : text.Split([' ', '+'], 20, StringSplitOptions.RemoveEmptyEntries).Sum(Length);
    }

    private static int? Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max ? number : null;

    [GeneratedRegex(@"^\(?(?<beat>\d{1,9})( ?\+ ?(?<beat>\d{1,9})){0,20}\)? ?/ ?(?<part>\d{1,9})(?!\d)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    // After words such as "ca.", of a range the first.
    [GeneratedRegex(@"\d{1,9}(\.\d{1,9})?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
