using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>The original's key rule: -1 for a class outside its list of C major. The list ends at class 37.</summary>
public sealed class MagentaKey : IRule
{
    /// <summary>How many classes the list holds.</summary>
    internal const int ClassesInKey = 23;

    private const ulong InKey =
        (1UL << 0) | (1UL << 1) | (1UL << 2) | (1UL << 4) | (1UL << 6) | (1UL << 7) | (1UL << 9) | (1UL << 11) | (1UL << 13)
        | (1UL << 14) | (1UL << 16) | (1UL << 18) | (1UL << 19) | (1UL << 21) | (1UL << 23) | (1UL << 25) | (1UL << 26)
        | (1UL << 28) | (1UL << 30) | (1UL << 31) | (1UL << 33) | (1UL << 35) | (1UL << 37);

    /// <inheritdoc/>
    public string Name => RuleNames.Key;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => Contains(before.Encoding.ClassOf(next)) ? 0 : -1;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Score(before, next) == 0 ? "" : $"{next} is not in C major.";

    /// <summary>Whether a class is in the original's list.</summary>
    internal static bool Contains(int classNumber) => classNumber is >= 0 and < 64 && ((InKey >> classNumber) & 1) != 0;
}
