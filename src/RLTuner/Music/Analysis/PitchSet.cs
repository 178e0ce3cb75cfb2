using System.Numerics;

namespace RLTuner.Music.Analysis;

/// <summary>A set of numbers from 0 to 127, such as MIDI pitches. The default value is the empty set.</summary>
public readonly record struct PitchSet
{
    private readonly ulong _low;
    private readonly ulong _high;

    private PitchSet(ulong low, ulong high) => (_low, _high) = (low, high);

    /// <summary>How many numbers it holds.</summary>
    public int Count => BitOperations.PopCount(_low) + BitOperations.PopCount(_high);

    /// <summary>Whether it holds the number.</summary>
    public bool Contains(int number) => (((number < 64 ? _low : _high) >> (number & 63)) & 1) != 0;

    /// <summary>The set with a number more.</summary>
    public PitchSet With(int number) =>
        number < 64 ? new PitchSet(_low | (1UL << number), _high) : new PitchSet(_low, _high | (1UL << (number & 63)));
}
