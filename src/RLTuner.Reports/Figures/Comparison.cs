using System.Collections.Immutable;
using RLTuner.Runs;

namespace RLTuner.Reports.Figures;

/// <summary>Several runs side by side; those that differ in nothing but their seed are one group.</summary>
/// <param name="Groups">The groups in the order in which the runs were given.</param>
public sealed record Comparison(ImmutableArray<RunGroup> Groups)
{
    /// <summary>What may differ within a group: the seed, and what says where, by which version and in how many goes a run was made.</summary>
    private static readonly string[] NotCompared = ["seed", "version", "noteRnn.source", "resumed", "checksum"];

    /// <summary>Groups runs.</summary>
    /// <param name="runs">At least one.</param>
    public static Comparison Of(IReadOnlyList<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ImmutableArray<RunRecord>[] groups = [.. runs.GroupBy(run => string.Join('\n', Compared(run))).Select(group => group.ToImmutableArray())];
        string[] differing =
        [
            .. groups.SelectMany(group => Compared(group[0])).GroupBy(option => option.Name)
                .Where(option => option.Count() < groups.Length || option.Select(each => each.Text).Distinct().Count() > 1)
                .Select(option => option.Key),
        ];
        return new Comparison([.. groups.Select(group => new RunGroup(NameOf(group, differing, groups.Length), group))]);
    }

    private static IEnumerable<(string Name, string Text)> Compared(RunRecord run) => run.OptionTexts.Where(option => !NotCompared.Contains(option.Name));

    private static string NameOf(ImmutableArray<RunRecord> group, string[] differing, int groups) => groups == 1
        ? "all runs"
        : string.Join(", ", Compared(group[0]).Where(option => differing.Contains(option.Name)).Select(option => $"{Words(option.Name)} {option.Text}"));

    /// <summary>The name without the part of the plan that it stands in, as words.</summary>
    private static string Words(string name) =>
        string.Concat(name[(name.LastIndexOf('.') + 1)..].Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}

/// <summary>Runs that differ in their seed alone.</summary>
/// <param name="Name">What tells the group from the others.</param>
/// <param name="Runs">At least one.</param>
public sealed record RunGroup(string Name, ImmutableArray<RunRecord> Runs);
