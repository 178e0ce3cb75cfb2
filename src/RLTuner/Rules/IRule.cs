using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules;

/// <summary>
/// A rule of music theory: gives each event a score in the light of what was played before. Pure: a rule keeps no state, so
/// scoring twice gives the same twice.
/// </summary>
public interface IRule
{
    /// <summary>A short name in snake_case, such as <c>repeated_motif</c>; unique in a <see cref="RuleSet"/>.</summary>
    string Name { get; }

    /// <summary>The reward (positive) or penalty (negative) of playing <paramref name="next"/> now, before weighting.</summary>
    /// <param name="before">What was played; <paramref name="next"/> is not yet part of it.</param>
    /// <param name="next">The event to judge.</param>
    double Score(MelodySoFar before, MelodyEvent next);

    /// <summary>One sentence for a musician on why the score is what it is; empty where there is nothing to say.</summary>
    /// <param name="before">What was played; <paramref name="next"/> is not yet part of it.</param>
    /// <param name="next">The event that was judged.</param>
    string Explain(MelodySoFar before, MelodyEvent next) => "";
}
