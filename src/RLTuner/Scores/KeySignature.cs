using RLTuner.Music;

namespace RLTuner.Scores;

/// <summary>The sharps or flats at the head of a staff.</summary>
/// <param name="Sharps">The number of sharps, or of flats as a negative number: -7 to 7.</param>
/// <param name="IsMinor">Whether the file calls it the minor key of that signature.</param>
public readonly record struct KeySignature(int Sharps, bool IsMinor)
{
    /// <summary>The tonic of the major key with this signature, 0 (C) to 11 (B).</summary>
    public int MajorTonic => (((Sharps * 7) % 12) + 12) % 12;

    /// <summary>The tonic of the key the file names, 0 (C) to 11 (B).</summary>
    public int Tonic => IsMinor ? (MajorTonic + 9) % 12 : MajorTonic;

    /// <summary>
    /// The signature that needs the fewest accidentals for a key: its own for major and minor, D dorian none, harmonic and
    /// melodic minor those of natural minor.
    /// </summary>
    public static KeySignature Nearest(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        bool isMinor = HasDegree(key, 3) && !HasDegree(key, 4);
        int ownMajor = isMinor ? (key.Tonic + 3) % 12 : key.Tonic;
        int majorTonic = ownMajor;
        if (!Fits(key, ownMajor))
        {
            // Fifth by fifth away from the tonic's own signature, so that ties go to the nearest.
            int[] fifths = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6];
            majorTonic = fifths.Select(fifth => (ownMajor + (fifth * 7) + 84) % 12).FirstOrDefault(tonic => Fits(key, tonic), ownMajor);
        }

        int sharps = (majorTonic * 7) % 12;
        return new KeySignature(sharps > 6 ? sharps - 12 : sharps, isMinor);
    }

    /// <summary>
    /// By how many semitones a melody is moved from one key to another, the shorter way, -5 to 6: tonic to tonic within a mode, else signature to signature, so that
    /// C major and A minor are one.
    /// </summary>
    public static int SemitonesBetween(Key from, Key to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        int up = from.Mode.Semitones.SequenceEqual(to.Mode.Semitones) ? to.Tonic - from.Tonic : Nearest(to).MajorTonic - Nearest(from).MajorTonic;
        up = ((up % 12) + 12) % 12;
        return up > 6 ? up - 12 : up;
    }

    private static bool HasDegree(Key key, int semitones) => key.Mode.Semitones.Contains(semitones);

    private static bool Fits(Key key, int majorTonic)
    {
        Key major = new(majorTonic, Mode.Major);
        return key.Mode.Semitones.All(semitone => major.Contains(new Pitch(key.Tonic + semitone)));
    }
}
