using System.Diagnostics;
using System.Globalization;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Sweeps;
using RLTuner.Tuning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RLTuner.Cli.Display;

/// <summary>Shows a sweep as it goes: a live table of the runs at work on a terminal, above what was last told; a line a run as it ends elsewhere.</summary>
internal sealed class SweepDisplay(SweepFolder sweep, IReadOnlyCollection<PlannedRun> runs)
{
    private const int BarWidth = 20, LinesShown = 8, RunsShown = 24;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _before = runs.Count(sweep.IsDone);
    private readonly Dictionary<PlannedRun, AtWork> _atWork = [];
    private readonly Queue<string> _told = new();
    private LiveDisplayContext? _live;
    private long _shownAt;
    private int _done;

    /// <summary>How many failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Runs under the display.</summary>
    /// <param name="jobs">How many run at a time.</param>
    /// <param name="run">What runs.</param>
    public IReadOnlyList<PlannedRun> Run(int jobs, Func<IReadOnlyList<PlannedRun>> run)
    {
        Console.WriteLine(FormattableString.Invariant($"{SweepText.Count(runs.Count, "run")}, {_before} done before; {jobs} at a time"));
        return AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? AnsiConsole.Live(Text.Empty).Start(live =>
            {
                _live = live;
                return run();
            })
            : run();
    }

    /// <summary>Follows a run while it is at work.</summary>
    public ITuningListener Follow(PlannedRun run, RunSession session)
    {
        AtWork work = new(this, session.Step);
        lock (_lock)
        {
            _atWork[run] = work;
        }

        return work;
    }

    /// <summary>A round of successive halving begins.</summary>
    public void Begun(double share, int left) => Tell(FormattableString.Invariant($"{SweepText.Count(left, "run")} to {100 * share:0.#} % of their notes"));

    /// <summary>A run has played the notes of its round.</summary>
    public void Paused(PlannedRun run, RunScore score) => Tell(FormattableString.Invariant($"{run.Name} at {score.Step:N0} notes: {score.Score:F1}"), run);

    /// <summary>A round of successive halving is over.</summary>
    public void Ended(HalvingRound round)
    {
        foreach ((string verdict, IReadOnlyList<HalvingScore> combinations) in new[] { ("goes on", round.GoOn), ("cut    ", round.Cut) })
        {
            foreach (HalvingScore each in combinations)
            {
                Tell($"{verdict}  {each.Score?.ToString("F1", CultureInfo.InvariantCulture) ?? "failed"}  {each.Combination}");
            }
        }
    }

    /// <summary>A run has ended.</summary>
    public void Ended(PlannedRun run, SweepOutcome outcome)
    {
        if (outcome.Problem is { } problem)
        {
            Failed++;
            Console.Error.WriteLine($"rltuner: {run.Name}: {PlainText.Of(problem)}");
            Tell(null, run);
            return;
        }

        _done++;
        Tell(FormattableString.Invariant($"[{_before + _done}/{runs.Count}] {run.Name} in {SweepText.Time(TimeSpan.FromSeconds(outcome.Seconds))}{Rest()}"), run);
    }

    private string Rest()
    {
        int left = runs.Count - _before - _done - Failed;
        return left == 0 || _done == 0 ? "" : $", about {SweepText.Time(Stopwatch.GetElapsedTime(_start) * left / _done)} left";
    }

    private void Tell(string? line, PlannedRun? noLongerAtWork = null)
    {
        lock (_lock)
        {
            if (noLongerAtWork is not null)
            {
                _atWork.Remove(noLongerAtWork);
            }

            if (_live is null)
            {
                if (line is not null)
                {
                    Console.WriteLine(line);
                }

                return;
            }

            if (line is not null)
            {
                _told.Enqueue(line);
            }

            while (_told.Count > LinesShown)
            {
                _told.Dequeue();
            }

            Show();
        }
    }

    private void Progressed()
    {
        lock (_lock)
        {
            if (_live is not null && Stopwatch.GetElapsedTime(_shownAt) > Refresh)
            {
                Show();
            }
        }
    }

    private void Show()
    {
        _shownAt = Stopwatch.GetTimestamp();
        Table table = new Table().Border(TableBorder.None).AddColumn("[grey]run[/]").AddColumn("").AddColumn(new TableColumn("[grey]notes[/]").RightAligned())
            .AddColumn(new TableColumn("[grey]reward of a melody now[/]").RightAligned());
        foreach ((PlannedRun run, AtWork work) in _atWork.Take(RunsShown))
        {
            int filled = (int)Math.Min(BarWidth, BarWidth * work.Step / run.Plan.TrainingSteps);
            table.AddRow(
                new Text(run.Name),
                new Markup($"[green]{new string('━', filled)}[/][grey]{new string('─', BarWidth - filled)}[/]"),
                new Text(FormattableString.Invariant($"{work.Step:N0}")),
                new Text(work.Reward is { } reward ? reward.ToString("F1", CultureInfo.InvariantCulture) : ""));
        }

        string counts = FormattableString.Invariant($"{_before + _done} of {runs.Count} done, {_atWork.Count} at work{(Failed > 0 ? $", {Failed} failed" : "")}{Rest()}");
        _live!.UpdateTarget(new Rows([new Text(counts), table, .. _told.Select(IRenderable (line) => new Text(line))]));
    }

    /// <summary>How far a run is.</summary>
    private sealed class AtWork(SweepDisplay display, long step) : ITuningListener
    {
        public long Step { get; private set; } = step;

        public double? Reward { get; private set; }

        public void Progressed(long step)
        {
            Step = step;
            display.Progressed();
        }

        public void WindowEnded(TuningWindow window, NoteRnnModel net)
        {
            (Step, Reward) = (window.Step, window.Evaluation.Total);
            display.Progressed();
        }
    }
}
