using System.Diagnostics;
using RLTuner.NoteRnn.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RLTuner.Cli.Display;

/// <summary>Shows training as it goes.</summary>
/// <param name="files">Kept up to date before an epoch is shown.</param>
internal sealed class TrainingDisplay(TrainingFiles files) : ITrainingListener
{
    private const int BarWidth = 40, RowsShown = 12;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Queue<string> _rows = new();
    private LiveDisplayContext? _live;
    private double _shownAt = double.NegativeInfinity, _epochStart;

    private static string Heading => $"{"",32} | {"while learning",-28} | {"melodies held out",-36}\n{"epoch",5} {"updates",8} {"events/s",9} {"rate",7} |"
        + $" {"nats",6} {"perpl.",6} {"right",6} {"notes",6}  | {"nats",6} {"perpl.",6} {"right",6} {"notes",6}";

    /// <summary>Runs the trainer under the display.</summary>
    public TrainingEnd Run(NoteRnnTrainer trainer, CancellationToken stop)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            Console.WriteLine(Heading);
            return trainer.Run(this, stop);
        }

        TrainingEnd end = default;
        AnsiConsole.Live(Text.Empty).Start(live =>
        {
            _live = live;
            end = trainer.Run(this, stop);
        });
        return end;
    }

    public void OnUpdate(int epoch, long eventsDone, long eventsAll, PredictionSums soFar)
    {
        double now = _clock.Elapsed.TotalSeconds;
        if (_live is null || now - _shownAt < 0.1)
        {
            return;
        }

        _shownAt = now;
        int filled = (int)(BarWidth * eventsDone / eventsAll);
        string bar = $"[green]{new string('━', filled)}[/][grey]{new string('─', BarWidth - filled)}[/]";
        double speed = eventsDone / Math.Max(0.01, now - _epochStart);
        Show(new Markup($"[bold]Epoch {epoch}[/] {bar} {speed:N0} events/s · {soFar.Loss:F4} nats · {soFar.Accuracy:P1} right"));
    }

    public void OnEpoch(NoteRnnTrainer trainer, EpochResult result)
    {
        files.OnEpoch(trainer, result);
        string row = FormattableString.Invariant($"{result.Epoch,5} {result.Updates,8:N0} {result.EventsPerSecond,9:N0} {result.LearningRate,7:G2} | ")
            + $"{Figures(result.Training)}  | {Figures(result.Validation)}{(result.IsBest ? "  best" : "")}";
        _epochStart = _clock.Elapsed.TotalSeconds;
        if (_live is null)
        {
            Console.WriteLine(row);
            return;
        }

        _rows.Enqueue(row);
        if (_rows.Count > RowsShown)
        {
            _rows.Dequeue();
        }

        Show(Text.Empty);
    }

    private static string Figures(PredictionSums sums) => FormattableString.Invariant(
        $"{sums.Loss,6:F4} {sums.Perplexity,6:F3} {100 * sums.Accuracy,5:F1}% {100 * sums.NoteAccuracy,5:F1}%");

    private void Show(IRenderable last) =>
        _live!.UpdateTarget(new Rows([.. Heading.Split('\n').Select(line => new Text(line)), .. _rows.Select(row => new Text(row)), last]));
}
