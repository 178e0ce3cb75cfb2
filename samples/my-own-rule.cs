#:project ../src/RLTuner/RLTuner.csproj
#:property PublishAot=false

// A rule of your own: dotnet run -c Release samples/my-own-rule.cs -- 20000
// Adds it to the nine with a weight, tunes a net, and prints what the rule gave before and after.
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

NoteRnnModel net = ShippedNoteRnn.Load();
int steps = args.Length > 0 ? int.Parse(args[0]) : 20_000;

StayInVoice voice = new(lowest: new Pitch(60), highest: new Pitch(72));
RuleSet nine = RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor);
RuleSet ten = new(nine.Rules.Add(new WeightedRule(voice, Weight: 2)));

NoPrimer primer = new();
Tuner tuner = new(new LearningTask(net, new Reward(ten), primer), new QOptions(), new WindowOptions(), steps);
tuner.Run();

Console.WriteLine($"{voice.Name} gave a melody {Gain(net):F2} before and {Gain(tuner.Snapshot()):F2} after {tuner.Step:N0} notes");

double Gain(NoteRnnModel composing)
{
    IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(composing), primer).Compose(count: 500, length: 32, seed: 1);
    return PolicyReward.Of(melodies, new Reward(new RuleSet([new WeightedRule(voice)])), new NoteRnnPolicy(net), TimeSignature.CommonTime).Theory;
}

/// <summary>Keeps a melody where a voice sings with ease.</summary>
internal sealed class StayInVoice(Pitch lowest, Pitch highest) : IRule
{
    public string Name => "voice";

    public double Score(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && (next.Pitch < lowest || next.Pitch > highest) ? -1 : 0;

    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) < 0 ? $"{next.Pitch} is outside {lowest} to {highest}." : "";
}
