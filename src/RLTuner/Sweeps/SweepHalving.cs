using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary>A combination where a round ended, and the mean of its runs' scores; null where a run failed or has no score.</summary>
public sealed record HalvingScore(string Combination, double? Score);

/// <summary>A round: what was run so far, and which combinations go on.</summary>
public sealed record HalvingRound
{
    /// <summary>Which share of their notes runs had played at its end.</summary>
    public required double Share { get; init; }

    /// <summary>Combinations that go on, the best first.</summary>
    public required IReadOnlyList<HalvingScore> GoOn { get; init; }

    /// <summary>Combinations that were cut, the best first.</summary>
    public required IReadOnlyList<HalvingScore> Cut { get; init; }
}

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016): all combinations are run for a small share of their notes, the best of every few go on for as many times more, and so on; the last
/// are run to their end. Runs go on where they paused and end with the bytes of runs that never paused. What is decided follows from the scores in the folder alone, so that it may be
/// stopped or killed at any time.
/// </summary>
/// <param name="sweep">The sweep.</param>
/// <param name="pool">Runs its runs.</param>
/// <param name="factor">One in how many combinations goes on, 2 or more.</param>
public sealed class SweepHalving(SweepFolder sweep, SweepPool pool, int factor)
{
    /// <summary>A run that has played less than this share of its notes says nothing yet.</summary>
    private const double LeastShare = .01;

    /// <summary>Hears of the share of each round as it begins, and how many runs are in it.</summary>
    public Action<double, int> Begun { get; init; } = (_, _) => { };

    /// <summary>Hears of each round as it ends.</summary>
    public Action<HalvingRound> Ended { get; init; } = _ => { };

    /// <summary>The rounds that ended so far; none where the folder has none.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static ImmutableArray<HalvingRound> Rounds(SweepFolder sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        try
        {
            return File.Exists(PathIn(sweep)) ? [.. JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(sweep)), SweepFolderJson.Default.HalvingRoundArray) ?? []] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Runs all rounds.</summary>
    /// <param name="stop">Asks to stop; another call goes on.</param>
    /// <returns>Runs that another process has: the round that they are in waits for them.</returns>
    /// <exception cref="IOException">What was decided cannot be kept.</exception>
    public IReadOnlyList<PlannedRun> Run(CancellationToken stop = default)
    {
        List<HalvingRound> rounds = [];
        PlannedRun[] left = [.. sweep.Runs];
        foreach (double share in Shares(left.Select(run => run.Combination).Distinct().Count()))
        {
            Begun(share, left.Length);
            IReadOnlyList<PlannedRun> inUse = pool.Run(left, share, stop);
            if (stop.IsCancellationRequested || inUse.Count > 0)
            {
                return inUse;
            }

            if (share < 1)
            {
                HalvingRound round = Decide(left, share);
                rounds.Add(round);
                AtomicFile.Write(PathIn(sweep), file => JsonSerializer.Serialize(file, [.. rounds], SweepFolderJson.Default.HalvingRoundArray));
                Ended(round);
                HashSet<string> best = [.. round.GoOn.Select(each => each.Combination)];
                left = [.. left.Where(run => best.Contains(run.Combination))];
            }
        }

        return [];
    }

    /// <summary>The share of each round, the last of which is 1: as many rounds as leave one combination at least, and begin with enough notes to tell.</summary>
    internal IEnumerable<double> Shares(int combinations)
    {
        int rounds = 0;
        for (double times = factor; times <= combinations && 1 / times >= LeastShare; times *= factor)
        {
            rounds++;
        }

        return Enumerable.Range(0, rounds + 1).Select(round => 1 / Math.Pow(factor, rounds - round));
    }

    private HalvingRound Decide(PlannedRun[] runs, double share)
    {
        HalvingScore[] scores =
        [
            .. runs.GroupBy(run => run.Combination).Select(each => new HalvingScore(each.Key, each.Average(run => ScoreOf(run, share)) is var mean && double.IsFinite(mean!.Value) ? mean : null))
                .OrderByDescending(each => each.Score ?? double.NegativeInfinity),
        ];
        int goOn = Math.Max(1, scores.Length / factor);
        return new HalvingRound { Share = share, GoOn = scores[..goOn], Cut = scores[goOn..] };
    }

    /// <summary>The score at a pause; of a run that was run to its end without one, that of its end.</summary>
    private double? ScoreOf(PlannedRun run, double share) =>
        (sweep.Scores(run).FirstOrDefault(score => score.Share == share) is { } paused ? paused.Score
            : sweep.IsDone(run) && RunFolder.Open(sweep.RunPath(run)).ReadMetrics(run.Plan) is { } metrics ? RunScore.Of(metrics.After)
            : null) ?? double.NaN;

    private static string PathIn(SweepFolder sweep) => Path.Combine(sweep.GivenPath, "halving.json");
}
