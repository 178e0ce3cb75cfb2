using System.Collections.Immutable;
using RLTuner.Runs;

namespace RLTuner.Reports.Figures;

/// <summary>Several runs side by side; those that differ in nothing but their seed are one group.</summary>
/// <param name="Groups">The groups in the order in which the runs were given.</param>
public sealed record Comparison(ImmutableArray<RunGroup> Groups)
{
    /// <summary>What may differ within a group: the seed, and what says where, by which version and in how many goes a run was made.</summary>
    private static readonly string[] NotCompared = ["seed", "version", "noteRnn.source", "resumed", "checksum"];

    private const string Learner = "learner.", Algorithm = "learner.algorithm", Windows = "windows.";

    /// <summary>Groups runs.</summary>
    /// <param name="runs">At least one.</param>
    public static Comparison Of(IReadOnlyList<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ImmutableArray<RunRecord>[] groups = [.. runs.GroupBy(run => string.Join('\n', Compared(run))).Select(group => group.ToImmutableArray())];
        string[] telling = Telling([.. groups.Select(group => Compared(group[0]).ToDictionary(option => option.Name, option => option.Text))]);
        return new Comparison([.. groups.Select(group => new RunGroup(NameOf(group, telling), group))]);
    }

    /// <summary>
    /// What tells groups from each other, in as few options as do: the algorithm first, then its numbers, and how often it was looked at last. What an algorithm brings with
    /// it needs no words.
    /// </summary>
    private static string[] Telling(Dictionary<string, string>[] groups)
    {
        List<string> telling = [];
        IEnumerable<string> names = groups.SelectMany(group => group.Keys).Distinct().OrderBy(name => name == Algorithm ? 0 : name.StartsWith(Learner, StringComparison.Ordinal) ? 1 : name.StartsWith(Windows, StringComparison.Ordinal) ? 3 : 2);
        foreach (string name in names)
        {
            if (Names([.. telling, name]) > Names(telling))
            {
                telling.Add(name);
            }
        }

        return [.. telling];

        int Names(IReadOnlyList<string> options) => groups.Select(group => string.Join('\n', options.Select(name => group.GetValueOrDefault(name)))).Distinct().Count();
    }

    private static IEnumerable<(string Name, string Text)> Compared(RunRecord run) => run.OptionTexts.Where(option => !NotCompared.Contains(option.Name));

    private static string NameOf(ImmutableArray<RunRecord> runs, string[] telling)
    {
        Dictionary<string, string> options = Compared(runs[0]).ToDictionary(option => option.Name, option => option.Text);
        return telling.Length == 0 ? "all runs" : string.Join(", ", telling.Where(options.ContainsKey).Select(name => $"{Words(name)} {options[name]}"));
    }

    /// <summary>The name without the part of the plan that it stands in, as words.</summary>
    private static string Words(string name) =>
        string.Concat(name[(name.LastIndexOf('.') + 1)..].Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}

/// <summary>Runs that differ in their seed alone.</summary>
/// <param name="Name">What tells the group from the others.</param>
/// <param name="Runs">At least one.</param>
public sealed record RunGroup(string Name, ImmutableArray<RunRecord> Runs);
