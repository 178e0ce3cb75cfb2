using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Corpus;

/// <summary>What <see cref="MelodyExtractor"/> found in a score.</summary>
/// <param name="Melodies">The melodies kept, by instrument and time.</param>
/// <param name="Counters">What was left out or cut, and why.</param>
public sealed record ExtractionResult(ImmutableArray<ExtractedMelody> Melodies, ExtractionCounters Counters);

/// <summary>A melody and where it was found.</summary>
/// <param name="Melody">Its events; pitches as in the score.</param>
/// <param name="Instrument">Index into <see cref="QuantizedScore.Instruments"/>.</param>
/// <param name="StartStep">The step of the score at which it starts: the bar line before its first note.</param>
/// <param name="StepsPerBar">The length of a bar in steps.</param>
public sealed record ExtractedMelody(Melody Melody, int Instrument, int StartStep, int StepsPerBar)
{
    /// <summary>The step of the score after its last event.</summary>
    public int EndStep => StartStep + Melody.Events.Length;
}

/// <summary>What was left out or cut, and why.</summary>
/// <param name="PolyphonicTracks">Tracks left (from there on) because two notes started together.</param>
/// <param name="TooShort">Melodies with too few bars.</param>
/// <param name="TooLong">Melodies with too many steps.</param>
/// <param name="TooFewPitches">Melodies with too few distinct pitch classes.</param>
/// <param name="Truncated">Melodies cut to the greatest length.</param>
public readonly record struct ExtractionCounters(int PolyphonicTracks, int TooShort, int TooLong, int TooFewPitches, int Truncated)
{
    /// <summary>The sum of two scores' counters.</summary>
    public static ExtractionCounters operator +(ExtractionCounters a, ExtractionCounters b) => new(
        a.PolyphonicTracks + b.PolyphonicTracks,
        a.TooShort + b.TooShort,
        a.TooLong + b.TooLong,
        a.TooFewPitches + b.TooFewPitches,
        a.Truncated + b.Truncated);
}
