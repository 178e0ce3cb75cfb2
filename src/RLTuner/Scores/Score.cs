using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Scores;

/// <summary>
/// Music as a file holds it, whatever its format: notes on a grid of ticks, who plays them, and what ticks mean in seconds.
/// Quantising and melody extraction start from here. Tick 0 is a bar line: in notation a pickup starts late in the first bar.
/// </summary>
public sealed record Score
{
    /// <summary>Where the score comes from, for messages: a file name.</summary>
    public required string Name { get; init; }

    /// <summary>The grid of ticks and the tempos on it.</summary>
    public required TempoMap Tempos { get; init; }

    /// <summary>
    /// Who plays: one entry for each combination of track, channel and program that sounds, or for each voice of each part of notation.
    /// </summary>
    public ImmutableArray<Instrument> Instruments { get; init; } = [];

    /// <summary>The notes, by instrument, and within an instrument in the order in which they end.</summary>
    public ImmutableArray<ScoreNote> Notes { get; init; } = [];

    /// <summary>The metres in order of time; empty where the file names none.</summary>
    public ImmutableArray<TimeSignatureChange> TimeSignatures { get; init; } = [];

    /// <summary>The key signatures in order of time; empty where the file names none.</summary>
    public ImmutableArray<KeySignatureChange> KeySignatures { get; init; } = [];

    /// <summary>What the reader passed over, one entry a kind; empty for a sound file.</summary>
    public ImmutableArray<Remark> Remarks { get; init; } = [];

    /// <summary>The tick at which the last note ends, 0 without notes.</summary>
    public long EndTick => Notes.IsEmpty ? 0 : Notes.Max(note => note.End);

    /// <summary>The time of a tick in seconds.</summary>
    public double SecondsAt(long tick) => Tempos.SecondsAt(tick);
}

/// <summary>A note of a score.</summary>
/// <param name="Instrument">Index into <see cref="Score.Instruments"/>.</param>
/// <param name="Pitch">Its pitch; for drums, which drum.</param>
/// <param name="Velocity">How hard it is struck, 1 to 127.</param>
/// <param name="Start">The tick of its attack.</param>
/// <param name="End">The tick at which it ends.</param>
public readonly record struct ScoreNote(int Instrument, Pitch Pitch, int Velocity, long Start, long End);

/// <summary>Who plays.</summary>
/// <param name="Track">The track (or part) of the file, from 0.</param>
/// <param name="Channel">The MIDI channel, 0 to 15.</param>
/// <param name="Program">The General MIDI program, 0 to 127.</param>
/// <param name="IsDrum">Whether its pitches name drums (MIDI's tenth channel).</param>
/// <param name="Name">The track's, part's or voice's name, empty where it has none.</param>
/// <param name="HasLyrics">Whether words stand under its notes: in songs, whether it sings the melody.</param>
public sealed record Instrument(int Track, int Channel, int Program, bool IsDrum, string Name, bool HasLyrics = false);

/// <summary>A metre from a tick on.</summary>
/// <param name="Tick">Where it starts.</param>
/// <param name="TimeSignature">The metre.</param>
public readonly record struct TimeSignatureChange(long Tick, TimeSignature TimeSignature);

/// <summary>A key signature from a tick on.</summary>
/// <param name="Tick">Where it starts.</param>
/// <param name="KeySignature">The key signature.</param>
public readonly record struct KeySignatureChange(long Tick, KeySignature KeySignature);
