using System.Diagnostics;
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
