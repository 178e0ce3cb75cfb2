using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus;

/// <summary>A score of one tempo and one metre, its notes on a grid of steps.</summary>
public sealed record QuantizedScore
{
    /// <summary>Where the score comes from, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Who plays.</summary>
    public required ImmutableArray<Instrument> Instruments { get; init; }

    /// <summary>The notes in the score's order.</summary>
    public required ImmutableArray<QuantizedNote> Notes { get; init; }

    /// <summary>Quarter notes a minute.</summary>
    public required double Tempo { get; init; }

    /// <summary>The metre.</summary>
    public required TimeSignature TimeSignature { get; init; }

    /// <summary>The grid: steps in a quarter note.</summary>
    public required int StepsPerQuarter { get; init; }

    /// <summary>The length of a bar in steps.</summary>
    public required int StepsPerBar { get; init; }

    /// <summary>The step at which the last note ends, 0 without notes.</summary>
    public required int TotalSteps { get; init; }
}

/// <summary>A note on the grid.</summary>
/// <param name="Instrument">Index into <see cref="QuantizedScore.Instruments"/>.</param>
/// <param name="Pitch">Its pitch.</param>
/// <param name="Velocity">How hard it is struck.</param>
/// <param name="Start">The step of its attack.</param>
/// <param name="End">The step at which it ends, at least one after <paramref name="Start"/>.</param>
public readonly record struct QuantizedNote(int Instrument, Pitch Pitch, int Velocity, int Start, int End);
