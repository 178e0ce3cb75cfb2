using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Runs;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Sweeps;

/// <summary>A run of a sweep that is done, and the figures of its tuned net.</summary>
/// <param name="Run">The run.</param>
/// <param name="Metrics">Its figures.</param>
internal sealed record SweepResult(PlannedRun Run, RunMetrics Metrics)
{
    /// <summary>A figure of the tuned net; NaN where it was not measured.</summary>
    public double this[string figure] => Metrics.After[figure]?.Value ?? double.NaN;
}

/// <summary>The runs of a combination of values, a run a seed.</summary>
/// <param name="Name">Its values, as in the names of its runs.</param>
/// <param name="Runs">One or more.</param>
internal sealed record Combination(string Name, ImmutableArray<SweepResult> Runs)
{
    public ImmutableArray<KeyValuePair<string, string>> Values => Runs[0].Run.Varied;

    /// <summary>A figure over seeds.</summary>
    public SeedEstimate Over(string figure) => SeedEstimate.Of(Runs.Select(run => run[figure]));

    /// <summary>How much a figure is above that of another combination, seed by seed: what a seed does to both alike drops out.</summary>
    public SeedEstimate Above(Combination other, string figure) => SeedEstimate.Of(
        Runs.Join(other.Runs, run => run.Run.Plan.Seed, run => run.Run.Plan.Seed, (mine, others) => mine[figure] - others[figure]));
}

/// <summary>What a value of one name does, whatever the others are.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="Baseline">The value that it is held against, the first one.</param>
internal sealed record MainEffect(string Name, string Value, string Baseline)
{
    public required Func<string, SeedEstimate> On { get; init; }
}

/// <summary>What the runs of a sweep came to.</summary>
/// <param name="Combinations">Those with a run that is done, in the order of the sweep.</param>
/// <param name="Missing">Runs that are not done, or whose figures cannot be read.</param>
internal sealed record SweepResults(ImmutableArray<Combination> Combinations, ImmutableArray<string> Missing)
{
    /// <summary>What the theory earns, and what it costs.</summary>
    public const string Theory = "theory_reward", Distance = "kl_from_note_rnn";

    /// <summary>A name with more values was drawn: there is no value to hold others against.</summary>
    private const int MostValues = 12;

    /// <summary>The rounds of successive halving, where the sweep was run so.</summary>
    public ImmutableArray<HalvingRound> Halving { get; init; } = [];

    /// <summary>Every figure, as the first run has it.</summary>
    public ImmutableArray<Figure> Figures => Combinations.IsEmpty ? [] : Combinations[0].Runs[0].Metrics.After.Figures;

    /// <summary>Whether all runs were judged by the same rules, so that their rewards are comparable.</summary>
    public bool SameRules => Combinations.SelectMany(combination => combination.Runs)
        .Select(run => string.Join(' ', run.Run.Plan.Theory.Rules.OrderBy(rule => rule.Key, StringComparer.Ordinal).Prepend(new($"{run.Run.Plan.Theory.RuleSet}", 1))))
        .Distinct().Count() <= 1;

    /// <summary>Reads what is done.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static SweepResults Read(SweepFolder sweep)
    {
        ImmutableArray<string>.Builder missing = ImmutableArray.CreateBuilder<string>();
        Dictionary<string, List<SweepResult>> combinations = [];
        foreach (PlannedRun run in sweep.Runs)
        {
            string path = sweep.RunPath(run);
            if (!sweep.IsDone(run) || !RunFolder.Exists(path) || RunFolder.Open(path).ReadMetrics(run.Plan) is not { } metrics)
            {
                missing.Add(run.Name);
                continue;
            }

            if (!combinations.TryGetValue(run.Combination, out List<SweepResult>? runs))
            {
                combinations[run.Combination] = runs = [];
            }

            // What is drawn and counted elsewhere is not kept: hundreds of runs are to fit into memory.
            runs.Add(new SweepResult(run, metrics with { Before = Slim(metrics.Before), After = Slim(metrics.After), Corpus = null }));
        }

        return new SweepResults([.. combinations.Select(entry => new Combination(entry.Key, [.. entry.Value]))], missing.ToImmutable()) { Halving = SweepHalving.Rounds(sweep) };
    }

    /// <summary>Each value of each name against the first of that name: seed by seed, the mean over all that have both and are otherwise alike.</summary>
    public IEnumerable<MainEffect> MainEffects()
    {
        SweepResult[] runs = [.. Combinations.SelectMany(combination => combination.Runs)];
        foreach (string name in Combinations.SelectMany(combination => combination.Values).Select(value => value.Key).Distinct())
        {
            string[] values = [.. Combinations.SelectMany(combination => combination.Values).Where(value => value.Key == name).Select(value => value.Value).Distinct()];
            ILookup<string, (SweepResult Run, string Others)> by = runs.Where(run => run.Run.Varied.Any(value => value.Key == name))
                .ToLookup(run => run.Run.Varied.First(value => value.Key == name).Value, run => (run, RestOf(run, name)));
            foreach (string value in values.Length <= MostValues ? values[1..] : [])
            {
                (SweepResult With, SweepResult Without)[] pairs =
                    [.. by[value].Join(by[values[0]], run => run.Others, run => run.Others, (with, without) => (with.Run, without.Run))];
                if (pairs.Length > 0)
                {
                    yield return new MainEffect(name, value, values[0])
                    {
                        On = figure => SeedEstimate.Of(
                            pairs.GroupBy(pair => pair.With.Run.Plan.Seed).Select(seed => seed.Average(pair => pair.With[figure] - pair.Without[figure]))),
                    };
                }
            }
        }
    }

    /// <summary>The combinations that no other beats in theory at no more distance from the Note RNN, from near to far.</summary>
    public IReadOnlyList<Combination> Frontier()
    {
        List<Combination> frontier = [];
        double best = double.NegativeInfinity;
        foreach ((Combination combination, double theory, double _) in Combinations.Select(each => (each, each.Over(Theory).Mean, each.Over(Distance).Mean))
            .Where(each => double.IsFinite(each.Item2 + each.Item3)).OrderBy(each => each.Item3).ThenByDescending(each => each.Item2))
        {
            if (theory > best)
            {
                frontier.Add(combination);
                best = theory;
            }
        }

        return frontier;
    }

    private static string RestOf(SweepResult run, string name) =>
        string.Join('\n', run.Run.Varied.Where(value => value.Key != name).Select(value => $"{value.Key}={value.Value}").Append($"{run.Run.Plan.Seed}"));

    private static NetMetrics Slim(NetMetrics net) => new(net.Figures);
}
