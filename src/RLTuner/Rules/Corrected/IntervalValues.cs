using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Rules.Corrected;

/// <summary>How good each melodic interval is, whatever its direction.</summary>
/// <param name="BySemitones">Thirteen values, unison to octave.</param>
/// <param name="Wider">The value of intervals wider than an octave.</param>
/// <param name="ThirdInKey">The third between the tonic and the third of its triad.</param>
/// <param name="FifthInKey">A fifth from the tonic or the dominant to a pitch of the key.</param>
public sealed record IntervalValues(ImmutableArray<double> BySemitones, double Wider, double ThirdInKey, double FifthInKey)
{
    private const int Octave = 12;

    /// <summary>Thirteen values, unison to octave.</summary>
    /// <exception cref="ArgumentException">There are fewer or more.</exception>
    public ImmutableArray<double> BySemitones { get; init; } = BySemitones.Length == Octave + 1
        ? BySemitones
        : throw new ArgumentException($"expected 13 values, unison to octave, found {BySemitones.Length}", nameof(BySemitones));

    /// <summary>The original's values, completed: it gave none to the unison, minor seconds, thirds and sixths, tritones and octaves.</summary>
    public static IntervalValues Default { get; } = new(
        [0, .05, .08, .07, .09, .07, -.05, .02, .03, .05, 0, -.3, .04],
        Wider: -1,
        ThirdInKey: .15,
        FifthInKey: .1);

    /// <summary>The value of an interval.</summary>
    public double Of(Interval interval) => interval.Size > Octave ? Wider : BySemitones[interval.Size];
}
