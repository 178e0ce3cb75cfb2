using System.Globalization;
using RLTuner.Music;

namespace RLTuner.Scores.Abc;

/// <summary>What fields have said so far of a voice's pitch and time.</summary>
internal sealed record AbcSettings
{
    public AbcKey Key { get; init; } = AbcKey.None;

    public TimeSignature? Metre { get; init; } = TimeSignature.CommonTime;

    /// <summary>Whether an M: field stood anywhere: without one the score names no metre.</summary>
    public bool NamesMetre { get; init; }

    /// <summary>The L: field in ticks; null as long as the metre decides.</summary>
    public long? ExplicitUnit { get; init; }

    public double? Tempo { get; init; }

    /// <summary>Whole octaves by the clef (such as treble-8), in semitones.</summary>
    public int ClefShift { get; init; }

    /// <summary>octave=, in semitones.</summary>
    public int OctaveShift { get; init; }

    /// <summary>transpose=, in semitones.</summary>
    public int Transpose { get; init; }

    /// <summary>%%MIDI transpose, in semitones.</summary>
    public int MidiTranspose { get; init; }

    public long Unit => ExplicitUnit ?? AbcTiming.ImpliedUnit(Metre);

    public int Semitones => ClefShift + OctaveShift + Transpose + MidiTranspose;

    public long BarLength => (long)((Metre ?? TimeSignature.CommonTime).QuartersPerBar * AbcTiming.TicksPerQuarter);

    /// <summary>What holds after a field of letter K, M, L or Q: where its value is nonsense, no metre, and of the others what held before.</summary>
    public AbcSettings With(char field, string value, out bool isUnderstood)
    {
        switch (field)
        {
            case 'K':
                AbcSettings properties = WithProperties(value, out isUnderstood);
                AbcKey key = AbcKey.Parse(value, Key, out bool isKey);
                isUnderstood &= isKey;
                return properties with { Key = key };
            case 'M':
                isUnderstood = AbcTiming.TryMetre(value, out TimeSignature? metre);
                return this with { Metre = metre, NamesMetre = true };
            case 'L':
                long? unit = AbcTiming.Length(value);
                isUnderstood = unit is not null;
                return this with { ExplicitUnit = unit ?? ExplicitUnit };
            default:
                isUnderstood = AbcTiming.TryTempo(value, Unit, out double? tempo);
                return this with { Tempo = tempo ?? Tempo };
        }
    }

    /// <summary>What holds after the words of a K: or V: field that set clef, octave or transposition; numbers out of range change nothing.</summary>
    public AbcSettings WithProperties(string value, out bool isUnderstood)
    {
        AbcSettings result = this;
        isUnderstood = true;
        foreach (string word in value.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = word.Split('=', 2);
            string setting = pair[^1].Trim('"');
            if (pair.Length == 1 || pair[0] is "clef" or "cl")
            {
                result = result.WithClef(setting);
            }
            else if (pair[0] is "octave")
            {
                int? octaves = Small(setting, 10);
                isUnderstood &= octaves is not null;
                result = result with { OctaveShift = 12 * octaves ?? result.OctaveShift };
            }
            else if (pair[0] is "transpose" or "t")
            {
                int? semitones = Small(setting, 120);
                isUnderstood &= semitones is not null;
                result = result with { Transpose = semitones ?? result.Transpose };
            }
        }

        return result;
    }

    /// <summary>What holds after a directive; only %%MIDI transpose matters to a score.</summary>
    public AbcSettings WithDirective(string text, out bool isUnderstood)
    {
        isUnderstood = true;
        string[] words = text.Split((char[])[' ', '\t'], 4, StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["%%MIDI", "transpose", var number, ..])
        {
            return this;
        }

        int? semitones = Small(number, 120);
        isUnderstood = semitones is not null;
        return this with { MidiTranspose = semitones ?? MidiTranspose };
    }

    private AbcSettings WithClef(string clef)
    {
        string[] names = ["treble", "bass", "alto", "tenor", "soprano", "mezzo", "baritone", "perc", "G", "F", "C"];
        return names.FirstOrDefault(name => clef.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is { Length: > 1 }
            ? this with { ClefShift = clef.EndsWith("-8", StringComparison.Ordinal) ? -12 : clef.EndsWith("+8", StringComparison.Ordinal) ? 12 : 0 }
            : this;
    }

    private static int? Small(string text, int limit) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= -limit && number <= limit
            ? number
            : null;
}
