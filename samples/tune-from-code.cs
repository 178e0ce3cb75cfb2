#:project ../src/RLTuner/RLTuner.csproj
#:property PublishAot=false

// The main job from a program: dotnet run -c Release samples/tune-from-code.cs -- 20000
// Tunes a net, composes with it, prints statistics before and after, and leaves one melody as tuned.mid.
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tuning;

NoteRnnModel net = ShippedNoteRnn.Load();
int steps = args.Length > 0 ? int.Parse(args[0]) : 20_000;
Key key = Key.Parse("A minor");
TimeSignature metre = TimeSignature.Parse("3/4");
const int Length = 48;
RuleSet rules = RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, key).WithWeights(new Dictionary<string, double> { ["motif"] = 2 });
LearningTask task = new(net, new Reward(rules), new NoPrimer())
{
    TimeSignature = metre,
    MelodyLength = Length,
    Seed = 7,
};

Tuner tuner = new(task, new QOptions("psi"), new WindowOptions { OutputEveryNth = Math.Max(1, steps / 4) }, steps);
tuner.Run(new Progress());

IReadOnlyList<Melody> before = Compose(net), after = Compose(tuner.Snapshot());
foreach ((Figure was, Figure now) in Statistics(before).Zip(Statistics(after)))
{
    Console.WriteLine($"{was.Name.Replace('_', ' '),-30} {was.Text,9} {now.Text,9}");
}

MidiWriter.Write("tuned.mid", after[0], new MelodyWriterOptions { Key = key, TimeSignature = metre });
Console.WriteLine("One of the melodies is in tuned.mid");

IReadOnlyList<Melody> Compose(NoteRnnModel composing) =>
    [.. new Composer(new NoteRnnPolicy(composing), task.Primer)
        .Compose(count: 200, Length, seed: 1).Select(composition => composition.Melody)];

IReadOnlyList<Figure> Statistics(IReadOnlyList<Melody> melodies)
{
    MelodyTally tally = new(key, metre);
    foreach (Melody melody in melodies)
    {
        tally.Add(melody);
    }

    return tally.ToStatistics().Figures;
}

/// <summary>Prints a line a window.</summary>
internal sealed class Progress : ITuningListener
{
    public void WindowEnded(TuningWindow window, NoteRnnModel net) =>
        Console.WriteLine($"step {window.Step:N0}: a melody earns {window.Evaluation.Theory:F1} by the rules and {window.Evaluation.NoteRnn:F1} by the Note RNN");
}
