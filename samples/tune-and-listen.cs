#:project ../src/RLTuner/RLTuner.csproj
#:project ../src/RLTuner.Reports/RLTuner.Reports.csproj
#:property PublishAot=false

// The path of the original's notebook, step by step: dotnet run -c Release samples/tune-and-listen.cs -- 50000
// Composes with a net, tunes it, composes again, and leaves melodies as MIDI files in tune-and-listen/ to be heard side by side.
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Reports.Pages;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Scores.Midi;
using RLTuner.Tuning;

int steps = args.Length > 0 ? int.Parse(args[0]) : 50_000;
const string Folder = "tune-and-listen";
const int Length = 32;
OutputFolder.Make(Folder);

// 1. A Note RNN. NoteRnnFile.Load opens one of your own, from 'rltuner note-rnn train'.
NoteRnnModel noteRnn = ShippedNoteRnn.Load();
NoPrimer primer = new();

// 2. What it composes before tuning.
IReadOnlyList<Composition> before = Compose(noteRnn, "before");

// 3. Tune it, in a run folder that keeps everything. What is not given has the default that 'rltuner tune' has.
Theory theory = Theory.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor, TimeSignature.CommonTime);
RunRequest request = new(noteRnn, "shipped", theory)
{
    Given = new Dictionary<string, object>
    {
        ["training-steps"] = (long)steps,
        ["output-every-nth"] = Math.Max(1L, steps / 10),
        ["num-notes-in-melody"] = Length,
        ["keep-best"] = true,
        ["stop-when-flat"] = 8,
    },
};
using RunSession session = RunSession.Start(RunPlans.Create(request), noteRnn, path: null, new RunEnvironment());
LearningCurve curve = new();
RunResult result = session.Run(curve);
NoteRnnModel tuned = NoteRnnFile.Load(session.Folder.LastCheckpointPath());

// 4. The learning curve: what a melody earned at the end of each window.
foreach (TuningWindow window in curve.Windows)
{
    int bar = (int)Math.Clamp(window.Evaluation.Theory, 0, 60);
    Console.WriteLine($"{window.Step,9:N0}  {new string('#', bar)} {window.Evaluation.Theory:F1} by the rules");
}

// 5. What it composes now.
IReadOnlyList<Composition> after = Compose(tuned, "after");

// The figures, and a page that shows them and plays the melodies.
RunReport.Write(session.Folder.FullPath);

// 6. Statistics of a thousand melodies of each net, with 95 % intervals.
foreach ((Figure was, Figure now) in result.Metrics.Before.Figures.Zip(result.Metrics.After.Figures))
{
    Console.WriteLine($"{was.Name.Replace('_', ' '),-30} {was.Text,9}  {was.IntervalText,-18} {now.Text,9}  {now.IntervalText}");
}

Console.WriteLine($"before: {before[0].Melody}");
Console.WriteLine($"after:  {after[0].Melody}");
Console.WriteLine($"Listen to {Folder}/before-1.mid and after-1.mid; look at {session.Folder.GivenPath}/report.html; the best net is of step {result.Best!.Value.Step:N0}");

// The k-th melody of both nets is drawn from the same random stream.
IReadOnlyList<Composition> Compose(NoteRnnModel net, string name)
{
    IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(net), primer).Compose(count: 5, Length, seed: 1);
    foreach ((int i, Composition melody) in melodies.Index())
    {
        MidiWriter.Write(Path.Combine(Folder, $"{name}-{i + 1}.mid"), melody.Melody);
    }

    return melodies;
}

/// <summary>Prints a line a window, and keeps them all.</summary>
internal sealed class LearningCurve : ITuningListener
{
    public List<TuningWindow> Windows { get; } = [];

    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        Windows.Add(window);
        RuleLedger worst = window.Rules.MaxBy(rule => rule.Violated);
        Console.WriteLine(
            $"step {window.Step:N0}: a melody earns {window.Evaluation.Total:F1} ± {window.EvaluationError.Total:F1}; {window.Policy.Divergence:F2} nats "
            + $"a note from the Note RNN; most violated: {worst.Name}, by {100.0 * worst.Violated / window.Steps:F0} % of the notes");
    }
}
