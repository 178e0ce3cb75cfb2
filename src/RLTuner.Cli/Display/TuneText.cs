using System.Text.Json;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Reports.Pages;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>Tells people: what is tuned, how it goes, what changed, and where everything is.</summary>
internal sealed class TuneText : ITuneOutput
{
    public void Start(RunSession session)
    {
        RunPlan plan = session.Plan;
        MelodyEncoding encoding = session.NoteRnn.Encoding;
        if (session.Step > 0)
        {
            Say(FormattableString.Invariant($"Going on with {session.Folder.GivenPath} from step {session.Step:N0} of {plan.TrainingSteps:N0}"));
        }

        string reading = plan.Theory.RuleSet == RuleSetName.Magenta ? ", as Magenta's program scores them" : "";
        Say($"Tuning {plan.NoteRnn.Source} ({session.NoteRnn.Shape}, {encoding.Lowest} to {encoding.Highest}) by {plan.Learner.Algorithm}-learning");
        Say($"Rules: {JsonNamingPolicy.KebabCaseLower.ConvertName(plan.Reward.Mode.ToString())} in {plan.Theory.Key}, {plan.Theory.TimeSignature}{reading}");
    }

    public RunResult Run(RunSession session, ITuningListener tracking, CancellationToken stop) => new TuningDisplay(session).Run(tracking, stop);

    public void End(RunSession session, RunResult result, bool draws)
    {
        Say("");
        FigureTable.Print(
            FormattableString.Invariant($"{result.Metrics.Melodies:N0} melodies before and after {result.Step:N0} steps"),
            ("before", result.Metrics.Before),
            ("after", result.Metrics.After));

        // An untuned net often rests all the way: show a pair that sounds, if there is one.
        int shown = Math.Max(0, result.BeforeMelodies.ToList().FindIndex(composition => composition.Melody.Notes().Any()));
        Draw(FormattableString.Invariant($"before-{shown + 1:D2}.mid"), result.BeforeMelodies[shown].Melody, session.Theory);
        Draw(FormattableString.Invariant($"after-{shown + 1:D2}.mid"), result.AfterMelodies[shown].Melody, session.Theory);
        if (result.FlatWindows is int windows)
        {
            Say($"Stopped at step {result.Step:N0} of {session.Plan.TrainingSteps:N0}: no rise beyond noise for {windows} windows");
        }

        if (result is { EndedByCollapse: true, Collapse: { } collapse })
        {
            Say(FormattableString.Invariant($"Stopped at step {result.Step:N0} of {session.Plan.TrainingSteps:N0}: {collapse.Text}"));
        }

        Say($"The tuned net   {session.Folder.LastCheckpointPath()}");
        if (result.Best is { } best)
        {
            Say(FormattableString.Invariant($"The best net    {session.Folder.Best}  (step {best.Step:N0}: a melody earned {best.Figure:N1})"));
        }

        Say($"Melodies        {Path.Combine(session.Folder.Melodies, "before-01.mid")} to after-{result.AfterMelodies.Count:D2}.mid");
        Say($"Learning curve  {Path.Combine(session.Folder.FullPath, "progress.jsonl")}; figures: metrics.json; options: options.json");
        if (draws)
        {
            Say($"Report          {Path.Combine(session.Folder.FullPath, RunReport.PageName)}, which any browser opens; figures/*.svg");
        }

        Say($"Next            rltuner compose --model {ShellText.Quoted(session.Folder.GivenPath)} --count 10");
    }

    /// <summary>Plain text: Spectre would wrap paths.</summary>
    private static void Say(string line) => Console.WriteLine(line);

    private static void Draw(string title, Melody melody, Theory theory)
    {
        Say(title);
        foreach (string line in PianoRoll.Draw(melody, theory.TimeSignature))
        {
            Say(line);
        }

        Say("");
    }
}
