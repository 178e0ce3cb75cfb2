using RLTuner.Cli.Options;
using RLTuner.Music;
using RLTuner.Reports.Pages;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>Tells people: what is tuned, how it goes, what changed, and where everything is.</summary>
internal sealed class TuneText : ITuneOutput
{
    public void Start(TuneJob job, long from)
    {
        MelodyEncoding encoding = job.NoteRnn.Model.Encoding;
        if (from > 0)
        {
            Say(FormattableString.Invariant($"Going on with {job.Path} from step {from:N0} of {job.Options.TrainingSteps:N0}"));
        }

        string reading = job.Theory.Compatibility == Compatibility.Magenta ? ", as Magenta's program scores them" : "";
        Say($"Tuning {job.NoteRnn.Path} ({job.NoteRnn.Model.Shape}, {encoding.Lowest} to {encoding.Highest}) by {job.Options.Algorithm.Name}-learning");
        Say($"Rules: {job.Theory.ModeName} in {job.Theory.Key}, {job.Theory.TimeSignature}{reading}");
    }

    public void Run(TuneJob job, Tuner tuner, ITuningListener keepers, CancellationToken stop) => new TuningDisplay(job.Options).Run(tuner, keepers, stop);

    public void End(TuneJob job, TuneResult result)
    {
        Say("");
        FigureTable.Print(
            FormattableString.Invariant($"{result.Melodies:N0} melodies before and after {result.Step:N0} steps"),
            ("before", result.Before),
            ("after", result.After));

        // An untuned net often rests all the way: show a pair that sounds, if there is one.
        int shown = Math.Max(0, result.BeforeMelodies.ToList().FindIndex(composition => composition.Melody.Notes().Any()));
        Draw(FormattableString.Invariant($"before-{shown + 1:D2}.mid"), result.BeforeMelodies[shown].Melody, job.Theory);
        Draw(FormattableString.Invariant($"after-{shown + 1:D2}.mid"), result.AfterMelodies[shown].Melody, job.Theory);
        if (result.FlatWindows is int windows)
        {
            Say($"Stopped at step {result.Step:N0} of {job.Options.TrainingSteps:N0}: no rise beyond noise for {windows} windows");
        }

        Say($"The tuned net   {job.Folder.LastCheckpointPath()}");
        if (result.Best is { } best)
        {
            Say(FormattableString.Invariant($"The best net    {job.Folder.Best}  (step {best.Step:N0}: a melody earned {best.Figure:N1})"));
        }

        Say($"Melodies        {Path.Combine(job.Folder.Melodies, "before-01.mid")} to after-{result.AfterMelodies.Count:D2}.mid");
        Say($"Learning curve  {Path.Combine(job.Folder.FullPath, "progress.jsonl")}; figures: metrics.json; options: options.json");
        if (job.Draws)
        {
            Say($"Report          {Path.Combine(job.Folder.FullPath, RunReport.PageName)}, which any browser opens; figures/*.svg");
        }

        Say($"Next            rltuner compose --model {job.Path} --count 10");
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
