using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Learning.PolicyGradient;

/// <summary>Problems of a second at most.</summary>
internal static class SmallTasks
{
    /// <summary>A small net, short melodies, odd numbers everywhere.</summary>
    public static LearningTask Of(Func<int[], int, double> score, int length = 7, params int[] layers)
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(6, layers.Length == 0 ? [8] : [.. layers]), 3), new MelodyEncoding(new Pitch(60), 6));
        return new LearningTask(net, new Reward(new RuleSet([new WeightedRule(new ScoringRule(score))]), 1, 0), new RandomNotePrimer(6)) { MelodyLength = length, Seed = 5 };
    }

    /// <summary>Any function of what was played.</summary>
    public static double Score(int[] played, int next) => ((((next * 3) + (played.Sum() * 7)) % 11) - 5) * 0.5;

    /// <summary>Scores by a plain function of the classes played and the next one.</summary>
    public sealed class ScoringRule(Func<int[], int, double> score) : IRule
    {
        public string Name => "scoring";

        public double Score(MelodySoFar before, MelodyEvent next) =>
            score([.. before.Events.ToArray().Select(before.Encoding.ClassOf)], before.Encoding.ClassOf(next));
    }

    /// <summary>Writes down what was played.</summary>
    public sealed class Recorder : IStepSink
    {
        public List<(double Reward, double Theory, double NoteRnn, double Rule)> Notes { get; } = [];

        public void Played(double reward, double theory, double noteRnn, ReadOnlySpan<double> rules) => Notes.Add((reward, theory, noteRnn, rules[0]));
    }
}
