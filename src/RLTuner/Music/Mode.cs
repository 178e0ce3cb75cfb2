using System.Collections.Immutable;

namespace RLTuner.Music;

/// <summary>A scale's pattern: which semitones above the tonic belong to it.</summary>
public sealed class Mode
{
    private Mode(string name, params ReadOnlySpan<int> semitones)
    {
        Name = name;
        Semitones = [.. semitones];
    }

    /// <summary>The major scale, also Ionian.</summary>
    public static Mode Major { get; } = new("major", 0, 2, 4, 5, 7, 9, 11);

    /// <summary>The natural minor scale, also Aeolian.</summary>
    public static Mode Minor { get; } = new("minor", 0, 2, 3, 5, 7, 8, 10);

    /// <summary>Minor with a raised seventh.</summary>
    public static Mode HarmonicMinor { get; } = new("harmonic minor", 0, 2, 3, 5, 7, 8, 11);

    /// <summary>Minor with raised sixth and seventh (the ascending form).</summary>
    public static Mode MelodicMinor { get; } = new("melodic minor", 0, 2, 3, 5, 7, 9, 11);

    /// <summary>Every mode that <see cref="Key.Parse"/> knows by name.</summary>
    public static ImmutableArray<Mode> Known { get; } =
    [
        Major, Minor, HarmonicMinor, MelodicMinor,
        new("ionian", 0, 2, 4, 5, 7, 9, 11),
        new("dorian", 0, 2, 3, 5, 7, 9, 10),
        new("phrygian", 0, 1, 3, 5, 7, 8, 10),
        new("lydian", 0, 2, 4, 6, 7, 9, 11),
        new("mixolydian", 0, 2, 4, 5, 7, 9, 10),
        new("aeolian", 0, 2, 3, 5, 7, 8, 10),
        new("locrian", 0, 1, 3, 5, 6, 8, 10),
        new("major pentatonic", 0, 2, 4, 7, 9),
        new("minor pentatonic", 0, 3, 5, 7, 10),
        new("chromatic", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
    ];

    /// <summary>The mode's name, such as <c>dorian</c>.</summary>
    public string Name { get; }

    /// <summary>Semitones above the tonic, ascending, 0 first, each 0 to 11.</summary>
    public ImmutableArray<int> Semitones { get; }

    /// <summary>A mode of one's own.</summary>
    /// <param name="semitones">Semitones above the tonic, 0 to 11; the tonic itself is added where missing.</param>
    /// <exception cref="ArgumentException">An entry lies outside 0 to 11, or there is none.</exception>
    public static Mode Of(params ReadOnlySpan<int> semitones)
    {
        SortedSet<int> set = [0];
        foreach (int semitone in semitones)
        {
            if (semitone is < 0 or > 11)
            {
                throw new ArgumentException($"expected semitones above the tonic from 0 to 11, found {semitone}", nameof(semitones));
            }

            set.Add(semitone);
        }

        return semitones.IsEmpty
            ? throw new ArgumentException("expected at least one pitch class", nameof(semitones))
            : new Mode("custom", [.. set]);
    }
}
