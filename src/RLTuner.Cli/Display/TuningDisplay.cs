using System.Diagnostics;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Tuning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RLTuner.Cli.Display;

/// <summary>Shows a run as it goes: live on a terminal, a line a window elsewhere.</summary>
internal sealed class TuningDisplay(RunSession session) : ITuningListener
{
    private const int BarWidth = 40;

    private readonly Stopwatch _clock = new();
    private LiveDisplayContext? _live;
    private TuningWindow? _window;
    private double _shownAt = double.NegativeInfinity;
    private long _from;

    /// <summary>Runs under the display.</summary>
    /// <param name="tracking">Hears of each window before it is shown.</param>
    /// <param name="stop">Asks to stop.</param>
    public RunResult Run(ITuningListener tracking, CancellationToken stop)
    {
        TuningListeners listeners = new(tracking, this);
        _from = session.Step;
        _clock.Start();
        if (AnsiConsole.Profile.Capabilities.Interactive && AnsiConsole.Profile.Capabilities.Ansi)
        {
            return AnsiConsole.Live(Text.Empty).Start(live =>
            {
                _live = live;
                RunResult result = session.Run(listeners, stop);
                Show(result.Step);
                return result;
            });
        }

        Console.WriteLine($"{"",32} | {"reward of the window's notes",-35} | {"reward of a melody now",-28}");
        Console.WriteLine(
            $"{"step",12} {"steps/s",9} {"left",9} | {"total",11} {"theory",11} {"Note RNN",11} | {"total",10} {"theory",8} {"Note RNN",8}");
        return session.Run(listeners, stop);
    }

    public void Progressed(long step)
    {
        double now = _clock.Elapsed.TotalSeconds;
        if (_live is not null && now - _shownAt > 0.1)
        {
            _shownAt = now;
            Show(step);
        }
    }

    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        _window = window;
        if (_live is null)
        {
            Console.WriteLine(
                $"{window.Step,12:N0} {Speed(window.Step),9:N0} {Left(window.Step),9:h\\:mm\\:ss} | "
                + $"{window.Train.Total,11:N0} {window.Train.Theory,11:N0} {window.Train.NoteRnn,11:N0} |"
                + $" {window.Evaluation.Total,10:N1} {window.Evaluation.Theory,8:N1} {window.Evaluation.NoteRnn,8:N1}");
        }
    }

    private void Show(long step)
    {
        double share = (double)step / session.Plan.TrainingSteps;
        int filled = (int)(share * BarWidth);
        string bar = $"[green]{new string('━', filled)}[/][grey]{new string('─', BarWidth - filled)}[/]";
        List<IRenderable> rows =
        [
            new Markup($"[bold]Tuning {session.Plan.Learner.Algorithm}[/]  {bar}  {step:N0} of {session.Plan.TrainingSteps:N0}  {share:P0}"),
            new Markup($"{Speed(step):N0} steps/s · {Left(step):h\\:mm\\:ss} left"),
        ];
        if (_window is { } window)
        {
            Table table = new Table().Border(TableBorder.None).AddColumn("");
            foreach (string source in (string[])["total", "theory", "Note RNN"])
            {
                table.AddColumn(new TableColumn($"[grey]{source}[/]").RightAligned());
            }

            table.AddRow($"reward of the last {window.Steps:N0} notes", $"{window.Train.Total:N0}", $"{window.Train.Theory:N0}", $"{window.Train.NoteRnn:N0}");
            table.AddRow("reward of a melody now", $"{window.Evaluation.Total:N1}", $"{window.Evaluation.Theory:N1}", $"{window.Evaluation.NoteRnn:N1}");
            rows.Add(table);
        }

        _live!.UpdateTarget(new Rows(rows));
    }

    private double Speed(long step) => (step - _from) / _clock.Elapsed.TotalSeconds;

    // At first nothing is known of the speed.
    private TimeSpan Left(long step) => step == _from ? TimeSpan.Zero : TimeSpan.FromSeconds((session.Plan.TrainingSteps - step) / Math.Max(1, Speed(step)));
}
