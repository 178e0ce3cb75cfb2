using System.Diagnostics;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Sweeps;

/// <summary>How long a sweep will take here, from a trial of each learner and net.</summary>
public static class SweepEstimate
{
    /// <summary>The first notes are slow: code is compiled, caches are cold.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(1), Trial = TimeSpan.FromSeconds(3);

    /// <summary>Beginning, melodies and figures of a run; more than playing where runs are short.</summary>
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(2);

    /// <summary>The time of all runs that are not done, one at a time by one thread; within a third or so, as evaluations are not tried.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="environment">What its runs are made with.</param>
    public static TimeSpan Of(SweepFolder sweep, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        TimeSpan all = TimeSpan.Zero;
        foreach (IGrouping<(string, string), PlannedRun> alike in sweep.Runs.Where(run => sweep.Outcome(run) is not { Problem: null })
            .GroupBy(run => (run.Plan.NoteRnn.Sha256, run.Plan.Learner.Algorithm)))
        {
            PlannedRun longest = alike.MaxBy(run => run.Plan.TrainingSteps)!;
            double each = SecondsPerNote(longest.Plan, sweep.NetOf(longest), sweep.For(longest, environment));
            all += TimeSpan.FromSeconds(each * alike.Sum(run => run.Plan.TrainingSteps)) + (alike.Count() * Frame);
        }

        return all;
    }

    private static double SecondsPerNote(RunPlan plan, NoteRnnModel net, RunEnvironment environment)
    {
        using CancellationTokenSource stop = new(Trial);
        Clock clock = new();
        Tuner tuner = RunSession.Trial(plan, net, environment);
        tuner.Run(clock, stop.Token);
        return clock.SecondsPerNote(tuner.Step);
    }

    private sealed class Clock : ITuningListener
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private (long Step, TimeSpan Time) _warm;

        public void Progressed(long step)
        {
            if (_warm.Step == 0 && Stopwatch.GetElapsedTime(_start) > Warming)
            {
                _warm = (step, Stopwatch.GetElapsedTime(_start));
            }
        }

        public double SecondsPerNote(long step) => (Stopwatch.GetElapsedTime(_start) - _warm.Time).TotalSeconds / Math.Max(1, step - _warm.Step);
    }
}
