#:project ../src/RLTuner/RLTuner.csproj
#:project ../src/RLTuner.Reports/RLTuner.Reports.csproj
#:property PublishAot=false

// The path of the original's notebook, step by step: dotnet run -c Release samples/tune-and-listen.cs -- 50000
// Composes with a net, tunes it, composes again, and leaves melodies as MIDI files in tune-and-listen/ to be heard side by side.
using RLTuner.Files;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Reports.Pages;
using RLTuner.Rules;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tuning;

int steps = args.Length > 0 ? int.Parse(args[0]) : 50_000;
const string Folder = "tune-and-listen";
const int Length = 32;
OutputFolder.Make(Folder);

// 1. A Note RNN. NoteRnnFile.Load opens one of your own, from 'rltuner note-rnn train'.
NoteRnnModel noteRnn = ShippedNoteRnn.Load();
RandomNotePrimer primer = new(noteRnn.Encoding.ClassCount);

// 2. What it composes before tuning.
IReadOnlyList<Composition> before = Compose(noteRnn, "before");

// 3. Tune it. A listener prints each window; others keep the best net and stop when nothing rises any more.
RuleSet rules = RulePresets.Corrected(RewardMode.MusicTheoryAll, Key.CMajor);
TunerOptions options = new()
{
    TrainingSteps = steps,
    ExplorationSteps = Math.Max(1, steps / 2),
    OutputEveryNth = Math.Max(1, steps / 10),
    MelodyLength = Length,
};
Tuner tuner = new(noteRnn, rules, primer, TimeSignature.CommonTime, options);
LearningCurve curve = new();
string path = RunFolder.NextFree(Folder, "run");
RunFolder folder = RunFolder.Create(path, RunOptions.Of(noteRnn, "shipped", rules, Key.CMajor, TimeSignature.CommonTime, options), noteRnn);
KeepBest best = new(folder.Best);
tuner.Run(new TuningListeners(curve, folder, best, new StopWhenFlat(windows: 8)));

// 4. The learning curve: what a melody earned at the end of each window.
foreach (TuningWindow window in curve.Windows)
{
    int bar = (int)Math.Clamp(window.Evaluation.Theory, 0, 60);
    Console.WriteLine($"{window.Step,9:N0}  {new string('#', bar)} {window.Evaluation.Theory:F1} by the rules");
}

// 5. What it composes now.
IReadOnlyList<Composition> after = Compose(tuner.Tuned, "after");

// The figures, and a page that shows them and plays the melodies.
MelodyJsonLines.Write(Path.Combine(folder.Melodies, "before.jsonl"), before.Select(composition => composition.Melody), noteRnn.Encoding);
MelodyJsonLines.Write(Path.Combine(folder.Melodies, "after.jsonl"), after.Select(composition => composition.Melody), noteRnn.Encoding);
RunReport.Write(path);

// 6. Statistics of a thousand melodies of each net, with 95 % intervals.
foreach ((Figure was, Figure now) in Statistics(noteRnn).Zip(Statistics(tuner.Tuned)))
{
    Console.WriteLine($"{was.Name.Replace('_', ' '),-30} {was.Text,9}  {was.IntervalText,-18} {now.Text,9}  {now.IntervalText}");
}

Console.WriteLine($"before: {before[0].Melody}");
Console.WriteLine($"after:  {after[0].Melody}");
Console.WriteLine($"Listen to {Folder}/before-1.mid and after-1.mid; look at {path}/report.html; the best net is of step {best.Best!.Value.Step:N0}");

// The k-th melody of both nets starts from the same note, on the same random stream.
IReadOnlyList<Composition> Compose(NoteRnnModel net, string name)
{
    IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(net), primer).Compose(count: 5, Length, seed: 1);
    foreach ((int i, Composition melody) in melodies.Index())
    {
        MidiWriter.Write(Path.Combine(Folder, $"{name}-{i + 1}.mid"), melody.Melody);
    }

    return melodies;
}

IReadOnlyList<Figure> Statistics(NoteRnnModel net)
{
    NoteRnnPolicy policy = new(net);
    IReadOnlyList<Composition> melodies = new Composer(policy, primer).Compose(count: 1000, Length, seed: 1);
    IReadOnlyList<Figure> heard = FigureIntervals.Of(
        [.. melodies.Select(composition => composition.Melody)],
        some => MelodyTally.Of(some, Key.CMajor, TimeSignature.CommonTime).Figures);

    // What the melodies earn, and how far the net has gone from the Note RNN.
    PolicyReward reward = PolicyReward.Of(melodies, rules, new NoteRnnPolicy(noteRnn), TimeSignature.CommonTime, policy);
    return [.. heard, .. reward.Figures];
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
