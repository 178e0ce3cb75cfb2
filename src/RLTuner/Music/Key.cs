using System.Globalization;

namespace RLTuner.Music;

/// <summary>A tonic and a mode: which pitch classes belong, and which one is home.</summary>
public sealed class Key
{
    private const string Naturals = "C D EF G A B";

    private readonly bool[] _contains = new bool[12];

    /// <summary>Creates a key.</summary>
    /// <param name="tonic">The tonic's pitch class, 0 (C) to 11 (B).</param>
    /// <param name="mode">The scale's pattern above the tonic.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tonic lies outside 0 to 11.</exception>
    public Key(int tonic, Mode mode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tonic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tonic, 11);
        Tonic = tonic;
        Mode = mode;
        foreach (int semitone in mode.Semitones)
        {
            _contains[(tonic + semitone) % 12] = true;
        }
    }

    /// <summary>C major, the key that melody corpora are commonly moved to.</summary>
    public static Key CMajor { get; } = new(0, Mode.Major);

    /// <summary>The tonic's pitch class, 0 (C) to 11 (B).</summary>
    public int Tonic { get; }

    /// <summary>The scale's pattern above the tonic.</summary>
    public Mode Mode { get; }

    /// <summary>
    /// Reads a key such as <c>C major</c>, <c>Eb dorian</c>, <c>F# minor</c> or <c>A: 0,3,5,7,10</c> (semitones above the tonic).
    /// </summary>
    /// <exception cref="FormatException">The text names no key; the message says what would.</exception>
    public static Key Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        int tonic = trimmed.Length > 0 ? Naturals.IndexOf(char.ToUpperInvariant(trimmed[0]), StringComparison.Ordinal) : -1;
        if (tonic < 0 || trimmed[0] == ' ')
        {
            throw Malformed(text);
        }

        int letters = 1;
        if (trimmed.Length > 1 && trimmed[1] is '#' or 'b')
        {
            tonic = (tonic + (trimmed[1] == '#' ? 1 : 11)) % 12;
            letters = 2;
        }

        string rest = trimmed[letters..].Trim();
        return new Key(tonic, rest.StartsWith(':') ? ParsePitchClasses(rest[1..], text) : ParseMode(rest.Replace('-', ' '), text));
    }

    /// <summary>The same mode some semitones higher, or lower where they are negative.</summary>
    public Key Transposed(int semitones) => new((((Tonic + semitones) % 12) + 12) % 12, Mode);

    /// <summary>Whether the pitch belongs to the key, in any octave.</summary>
    public bool Contains(Pitch pitch) => _contains[pitch.PitchClass];

    /// <summary>Whether the pitch is the tonic, in any octave.</summary>
    public bool IsTonic(Pitch pitch) => pitch.PitchClass == Tonic;

    /// <summary>Whether the pitch belongs to the tonic triad, in any octave: the tonic, its third (major where the key has it) or its fifth.</summary>
    public bool IsInTonicTriad(Pitch pitch) =>
        ((pitch.PitchClass - Tonic + 12) % 12) is int degree && (degree is 0 or 7 || degree == (_contains[(Tonic + 4) % 12] ? 4 : 3));

    /// <summary>The form that <see cref="Parse"/> reads, such as <c>Eb dorian</c>.</summary>
    public override string ToString() =>
        Mode.Name == "custom" ? $"{Pitch.ClassName(Tonic)}: {string.Join(',', Mode.Semitones)}" : $"{Pitch.ClassName(Tonic)} {Mode.Name}";

    private static Mode ParseMode(string name, string text) =>
        name.Length == 0
            ? Mode.Major
            : Mode.Known.FirstOrDefault(mode => mode.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Malformed(text);

    private static Mode ParsePitchClasses(string list, string text)
    {
        List<int> semitones = [];
        foreach (string entry in list.Split(',', StringSplitOptions.TrimEntries))
        {
            semitones.Add(int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out int semitone) && semitone < 12
                ? semitone
                : throw Malformed(text));
        }

        return Mode.Of([.. semitones]);
    }

    private static FormatException Malformed(string text) => new(
        $"expected a key such as 'C major', 'Eb dorian' or 'A: 0,3,5,7,10' (semitones above the tonic), found '{text}'. "
        + $"Modes: {string.Join(", ", Mode.Known.Select(mode => mode.Name))}.");
}
