using RLTuner.Music;

namespace RLTuner.Scores.Notation;

/// <summary>A pitch as it is written: a letter, how far it is altered, and an octave.</summary>
/// <param name="Letter">0 (C) to 6 (B).</param>
/// <param name="Alteration">Semitones: 1 for a sharp, -1 for a flat; -2 to 2.</param>
/// <param name="Octave">The octave of the letter, 4 from middle C up; B sharp 3 is the key of middle C.</param>
internal readonly record struct SpelledPitch(int Letter, int Alteration, int Octave)
{
    // Letters on the line of fifths, from F on.
    private const string ByFifths = "FCGDAEB", Letters = "CDEFGAB";

    /// <summary>The letter's name.</summary>
    public char Name => Letters[Letter];

    /// <summary>How a signature alters a letter.</summary>
    public static int Signature(int letter, KeySignature key)
    {
        int place = ByFifths.IndexOf(Letters[letter], StringComparison.Ordinal);
        return place < key.Sharps ? 1 : 6 - place < -key.Sharps ? -1 : 0;
    }

    /// <summary>
    /// Spells a pitch. Those of the key are spelled as its signature does. Others are raised from below where they rise on by a semitone, and lowered from above
    /// where they fall by one; else as in the commonest chords: in C major F sharp, C sharp, G sharp, B flat, E flat, in A minor D sharp instead of E flat. The
    /// raised fourth, in minor the raised sixth and seventh, are raised always.
    /// </summary>
    /// <param name="pitch">The pitch.</param>
    /// <param name="key">The signature.</param>
    /// <param name="next">The pitch of the next note, where there is one.</param>
    public static SpelledPitch Of(Pitch pitch, KeySignature key, Pitch? next)
    {
        // Fifths above the letter F that the signature leaves alone or raises last: 0 to 6 are of the key, 7 to 11 those raised.
        int above = ((((pitch.PitchClass * 7) - key.Sharps + 1) % 12) + 12) % 12;
        int motion = next is { } follower ? follower.MidiNumber - pitch.MidiNumber : 0;
        bool isOfKey = above < 7;
        bool isAlwaysRaised = above == 7 || (key.IsMinor && above == 9);
        bool isRaised = isAlwaysRaised || motion == 1 || (motion != -1 && above <= (key.IsMinor ? 10 : 9));
        int fifths = above - 1 + key.Sharps - (isOfKey || isRaised ? 0 : 12);

        int place = fifths + 1;
        int alteration = (int)Math.Floor(place / 7.0);
        int letter = Letters.IndexOf(ByFifths[place - (7 * alteration)], StringComparison.Ordinal);
        return new(letter, alteration, (int)Math.Floor((pitch.MidiNumber - alteration) / 12.0) - 1);
    }
}
