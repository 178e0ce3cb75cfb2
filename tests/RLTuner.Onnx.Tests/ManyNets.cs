using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Rewards;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Onnx.Tests;

/// <summary>Nets of every kind that can be written: layers, classes, ways of tuning, what they hear.</summary>
internal static class ManyNets
{
    /// <summary>Nets that hear events alone.</summary>
    public static string[] Plain { get; } = ["one layer, 29 classes", "two layers, 29 classes", "one layer, 38 classes", "two layers, 38 classes", "one layer, 130 classes",
        "two layers, 130 classes", "tuned by q", "tuned by g", "tuned by pg", "plain"];

    /// <summary>Nets that hear more.</summary>
    public static string[] Others { get; } = ["shipped", "hears all", "tuned by q, hears the step", "tuned by g, hears the step"];

    public static NoteRnnModel Of(string name) => name switch
    {
        "shipped" or "plain" => ShippedNoteRnn.Load(name),
        "hears all" => new(
            RandomNets.Weights(new NoteRnnShape(38, [12, 8], NoteRnnInputs.Parse("event bars-ago:1 bar step:32 end bars-ago:2", 38)), 5, 0.5), MelodyEncoding.Default)
        {
            KnowsBeginnings = true,
        },
        "tuned by q" => Tuned(new QOptions("q"), Small(38, [24])),
        "tuned by g" => Tuned(new QOptions("g"), Small(38, [16, 12])),
        "tuned by pg" => Tuned(new PgOptions(), Small(38, [24])),
        "tuned by q, hears the step" => Tuned(new QOptions("q"), Small(38, [24]), hearsStep: true),
        "tuned by g, hears the step" => Tuned(new QOptions("g"), Small(38, [24]), hearsStep: true),
        _ => Small(int.Parse(name.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture), name.StartsWith("two", StringComparison.Ordinal) ? [64, 48] : [64]),
    };

    /// <summary>Numbers as small as trained ones: with larger ones a net is chaotic, and any two programs' rounding grows from step to step.</summary>
    private static NoteRnnModel Small(int classes, int[] layers) =>
        new(RandomNets.Weights(new NoteRnnShape(classes, [.. layers]), (ulong)classes, 0.25), new MelodyEncoding(new Pitch(classes == 130 ? 0 : 43), classes));

    private static NoteRnnModel Tuned(LearnerOptions learner, NoteRnnModel net, bool hearsStep = false)
    {
        LearningTask task = new(net, new Reward(RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor)), new RandomNotePrimer(net.Shape.Classes))
        {
            PositionInput = hearsStep,
            Seed = 3,
        };
        Tuner tuner = new(task, learner, new WindowOptions { OutputEveryNth = 2000, EvaluationMelodies = 4 }, 2000);
        tuner.Run();
        NoteRnnModel tuned = tuner.Snapshot();
        Assert.NotEqual(net.Weights.Values.Take(100), tuned.Weights.Values.Take(100));
        return tuned;
    }
}
