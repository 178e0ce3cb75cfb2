using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;
using RLTuner.Learning.Q;

namespace RLTuner.Runs;

/// <summary>The learners that the library knows; others are passed beside them.</summary>
public static class Learners
{
    /// <summary>All kinds.</summary>
    public static ImmutableArray<LearnerKind> All { get; } = [QKind.Instance, PgKind.Instance];

    /// <summary>The options that an algorithm starts from.</summary>
    /// <param name="kinds">The kinds that are known.</param>
    /// <param name="algorithm">Its name.</param>
    /// <param name="quirks">The published program's numbers where any is asked for.</param>
    /// <exception cref="ArgumentException">There is no such algorithm.</exception>
    public static LearnerOptions Defaults(ImmutableArray<LearnerKind> kinds, string algorithm, Quirks quirks) =>
        (kinds.FirstOrDefault(kind => kind.Names.Contains(algorithm))
            ?? throw new ArgumentException($"expected one of the algorithms {string.Join(", ", kinds.SelectMany(kind => kind.Names))}, found '{algorithm}'", nameof(algorithm)))
        .Defaults(algorithm, quirks);
}
