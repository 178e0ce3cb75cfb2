namespace RLTuner.Music.Analysis;

/// <summary>The highest and the lowest of the numbers seen and how often each was seen. The default value has seen none.</summary>
public readonly record struct PitchExtremes
{
    /// <summary>The largest number; meaningful where <see cref="HighestCount"/> is positive.</summary>
    public int Highest { get; private init; }

    /// <summary>How often the largest number was seen.</summary>
    public int HighestCount { get; private init; }

    /// <summary>The smallest number; meaningful where <see cref="LowestCount"/> is positive.</summary>
    public int Lowest { get; private init; }

    /// <summary>How often the smallest number was seen.</summary>
    public int LowestCount { get; private init; }

    /// <summary>Whether there is a highest and a different lowest number.</summary>
    public bool Differ => HighestCount > 0 && Highest != Lowest;

    /// <summary>Whether the highest was seen once and is not also the lowest.</summary>
    public bool HighestIsUnique => Differ && HighestCount == 1;

    /// <summary>Whether the lowest was seen once and is not also the highest.</summary>
    public bool LowestIsUnique => Differ && LowestCount == 1;

    /// <summary>With a number more.</summary>
    public PitchExtremes With(int number)
    {
        bool higher = HighestCount == 0 || number > Highest;
        bool lower = LowestCount == 0 || number < Lowest;
        return new PitchExtremes
        {
            Highest = higher ? number : Highest,
            HighestCount = higher ? 1 : number == Highest ? HighestCount + 1 : HighestCount,
            Lowest = lower ? number : Lowest,
            LowestCount = lower ? 1 : number == Lowest ? LowestCount + 1 : LowestCount,
        };
    }
}
