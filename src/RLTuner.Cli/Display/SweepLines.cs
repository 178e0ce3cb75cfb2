using System.Diagnostics;
using System.Globalization;
using RLTuner.Files;
using RLTuner.Sweeps;

namespace RLTuner.Cli.Display;

/// <summary>A line a run as it ends, with how many are still to come and for how long.</summary>
internal sealed class SweepLines(SweepFolder sweep, IReadOnlyCollection<PlannedRun> runs)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _before = runs.Count(run => sweep.Outcome(run) is { Problem: null });
    private int _done;

    /// <summary>How many failed.</summary>
    public int Failed { get; private set; }

    public void Start(int jobs) => Console.WriteLine(FormattableString.Invariant($"{SweepText.Count(runs.Count, "run")}, {_before} done before; {jobs} at a time"));

    /// <summary>A round of successive halving begins.</summary>
    public static void Begun(double share, int left) => Console.WriteLine(FormattableString.Invariant($"{SweepText.Count(left, "run")} to {100 * share:0.#} % of their notes"));

    public static void Paused(PlannedRun run, RunScore score) => Console.WriteLine(FormattableString.Invariant($"{run.Name} at {score.Step:N0} notes: {score.Score:F1}"));

    /// <summary>A round of successive halving is over.</summary>
    public static void Ended(HalvingRound round)
    {
        foreach ((string verdict, IReadOnlyList<HalvingScore> combinations) in new[] { ("goes on", round.GoOn), ("cut    ", round.Cut) })
        {
            foreach (HalvingScore each in combinations)
            {
                Console.WriteLine(FormattableString.Invariant($"{verdict}  {(each.Score is { } score ? score.ToString("F1", CultureInfo.InvariantCulture) : "failed")}  {each.Combination}"));
            }
        }
    }

    public void Ended(PlannedRun run, SweepOutcome outcome)
    {
        if (outcome.Problem is { } problem)
        {
            Failed++;
            Console.Error.WriteLine($"rltuner: {run.Name}: {PlainText.Of(problem)}");
            return;
        }

        _done++;
        int left = runs.Count - _before - _done - Failed;
        string rest = left == 0 ? "" : $", about {SweepText.Time(Stopwatch.GetElapsedTime(_start) * left / _done)} left";
        Console.WriteLine(FormattableString.Invariant($"[{_before + _done}/{runs.Count}] {run.Name} in {SweepText.Time(TimeSpan.FromSeconds(outcome.Seconds))}{rest}"));
    }
}
