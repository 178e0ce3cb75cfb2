using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Reports.Tracking;
using RLTuner.Runs;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner tune</c>: the main job.</summary>
internal static class TuneCommand
{
    public static Command Create()
    {
        TheoryOptions theory = new();
        NetOptions net = new();
        NoteRnnOptions noteRnn = new();
        PlanOptions numbers = new();
        PrimingOptions priming = new();
        CopyingOptions copying = new();
        RunOptions run = new();
        ReportingOptions reporting = new();
        ExplainedCommand command = new(
            "tune",
            "Tune a Note RNN by reinforcement learning.",
            """
            Tunes a Note RNN by reinforcement learning. Writes a run folder: the options, a line of progress and a checkpoint a window,
            melodies before and after, the statistics of 1,000 melodies before and after, figures, and report.html with all of it to
            look at and to listen to. Ctrl-C stops cleanly and keeps what was learned.

            Examples:
              rltuner tune                                     the net that comes with the program
              rltuner tune --target-kl 6 --seed 7              nearer to what the net learned from data
              rltuner tune --preset paper                      Q-learning on the paper's nine rules
              rltuner tune --preset paper --algorithm psi --reward-scaler 0.5
              rltuner tune --key "A minor" --time-signature 3/4 --num-notes-in-melody 48
              rltuner tune --stop-when-flat 5 --keep-best --log-format json > log.jsonl
              rltuner tune --resume runs/pg-1                  goes on, were it killed or stopped
              rltuner tune --restart runs/pg-1                 begins it anew, were its state lost
              rltuner tune --note-rnn folk.safetensors         your own net, from 'rltuner note-rnn train'
              rltuner tune --note-rnn model.ckpt-1994 --compat magenta --exploration-mode egreedy --reward-scaler 1
            """);
        noteRnn.AddTo(command);
        numbers.AddTo(command);
        theory.AddTo(command);
        priming.AddTo(command);
        net.AddTo(command);
        copying.AddTo(command);
        run.AddTo(command);
        reporting.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            ITuneOutput output = reporting.Read(parsed);
            using RunSession session = run.Resume(parsed) is string stopped ? Resume(stopped, parsed)
                : run.Restart(parsed) is string lost ? RunSession.Restart(lost, run.Environment(parsed, copying.Read(parsed, lost)))
                : Start(parsed);
            return Run(session, output, reporting.Draws(parsed));
        });
        return command;

        RunSession Start(ParseResult parsed)
        {
            LoadedNet loaded = net.Load(noteRnn.Path(parsed), parsed);
            noteRnn.Check(parsed, loaded);
            Quirks quirks = theory.QuirksOf(parsed);
            RunPlan plan = numbers.Read(parsed, loaded, theory.Mode(parsed), theory.Read(parsed), theory.Preset(parsed), priming.Plan(parsed, loaded.Model, quirks));
            return RunSession.Start(plan, loaded.Model, run.OutputDir(parsed), run.Environment(parsed, copying.Read(parsed, loaded.Model.Encoding)));
        }

        RunSession Resume(string path, ParseResult parsed) => Limits.Checked(
            () => RunSession.Resume(path, numbers.StepsGiven(parsed), run.Environment(parsed, copying.Read(parsed, path))));
    }

    private static int Run(RunSession session, ITuneOutput output, bool draws)
    {
        using StopSignal stop = new();
        output.Start(session);
        RunResult result = output.Run(session, RunTracking.Of(session, RunOptions.Surroundings.Warn), stop.Token);
        RunTracking.Finish(session.Folder, draws);
        output.End(session, result, draws);
        if (result.IsStopped)
        {
            RunOptions.Surroundings.Warn(FormattableString.Invariant(
                $"stopped at step {result.Step:N0} of {session.Plan.TrainingSteps:N0}; everything learned until then is kept, and 'rltuner tune --resume {ShellText.Quoted(session.Folder.GivenPath)}' goes on"));
        }

        return result.IsStopped ? ExitCode.Stopped : ExitCode.Done;
    }
}
