using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Composing;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Training;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn.Training;

public sealed class NoteRnnTrainerTests
{
    private static readonly TrainingOptions Quick = new() { Inputs = "event bars-ago:1 bar", BatchSize = 4, LearningRate = 0.02f, Dropout = 0, RecurrentDropout = 0, Epochs = 6, Seed = 3 };

    /// <summary>Scales up and down: what comes next depends on the note before last, so that a net without memory cannot know it.</summary>
    private static MelodyCorpus Scales { get; } = new()
    {
        Encoding = MelodyEncoding.Default,
        Training = Melodies(40, "training"),
        Validation = Melodies(8, "validation"),
    };

    [Fact]
    public void A_net_learns_what_only_memory_can_tell()
    {
        NoteRnnTrainer trainer = new(Scales, [24], Quick with { Epochs = 40, DecaySteps = 150 });
        Run(trainer);
        PredictionSums sums = NoteRnnEvaluation.Of(trainer.Best, Scales.Validation);
        Assert.True(sums.Loss < 0.1, $"loss {sums.Loss}");
        Assert.True(sums.NoteAccuracy > 0.95, $"note accuracy {sums.NoteAccuracy}");
        Assert.True(trainer.Best.KnowsBeginnings);

        // A scale begins on any of eight notes, which the first step alone can tell.
        float[] first = new float[38];
        new NoteRnnPolicy(trainer.Best).Begin(1).Read([MelodyEncoding.NoEvent], first, [0]);
        Softmax.Probabilities(first, first);
        Assert.True(first[14..22].Sum() > 0.95 && first[14..22].Min() > 0.02, string.Join(' ', first));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    public void Training_that_was_interrupted_ends_with_the_same_bytes(float dropout)
    {
        TrainingOptions options = Quick with { Dropout = dropout, RecurrentDropout = dropout };
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "net.training.safetensors");
        NoteRnnTrainer whole = new(Scales, [10, 7], options), first = new(Scales, [10, 7], options with { Epochs = 2 });
        Assert.Equal(TrainingEnd.Epochs, Run(whole));
        Run(first);
        TrainingCheckpoint.Save(first, path);
        NoteRnnTrainer second = TrainingCheckpoint.Resume(path, Scales, 6);
        Assert.Equal(2, second.Epoch);
        Run(second);
        Assert.Equal(whole.Model.Weights.Values, second.Model.Weights.Values);
        Assert.Equal(whole.Best.Weights.Values, second.Best.Weights.Values);
        Assert.Equal((whole.Updates, whole.BestLoss, whole.Epoch), (second.Updates, second.BestLoss, second.Epoch));
    }

    [Fact]
    public void Training_goes_on_with_its_own_corpus_only()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "net.training.safetensors");
        TrainingCheckpoint.Save(new NoteRnnTrainer(Scales, [5], Quick), path);
        MelodyCorpus other = Scales with { Training = Melodies(39, "training") };
        Assert.Contains("corpus", Assert.Throws<NoteRnnFormatException>(() => TrainingCheckpoint.Resume(path, other)).Message);
        Assert.Throws<FileNotFoundException>(() => TrainingCheckpoint.Resume(path + "x", Scales));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "net.training.safetensors");
        TrainingCheckpoint.Save(new NoteRnnTrainer(Scales, [2], Quick), path);
        byte[] whole = File.ReadAllBytes(path);
        RandomSource random = new(1, "damage");
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = i % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (i % 2 == 1)
            {
                damaged[random.Next(Math.Min(damaged.Length, 2000))] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                TrainingCheckpoint.Resume(path, Scales);
            }
            catch (NoteRnnFormatException error)
            {
                Assert.Contains("net.training.safetensors", error.Message);
            }
        }
    }

    [Fact]
    public void Nonsense_stops_training_and_keeps_the_best_net()
    {
        NoteRnnTrainer trainer = new(Scales, [8], Quick);
        Spoiler spoiler = new(afterEpoch: 2);
        Assert.Equal(TrainingEnd.Diverged, Run(trainer, spoiler));
        Assert.Equal(2, trainer.Epoch);
        Assert.True(double.IsFinite(trainer.BestLoss));
        Assert.DoesNotContain(trainer.Best.Weights.Values, value => !float.IsFinite(value));
    }

    [Fact]
    public void Training_stops_when_the_validation_loss_falls_no_more()
    {
        // A rate so small that rounding alone moves the loss.
        NoteRnnTrainer trainer = new(Scales, [4], Quick with { LearningRate = 1e-20f, Epochs = 1000, Patience = 3 });
        Assert.Equal(TrainingEnd.EarlyStop, Run(trainer));
        Assert.Equal(4, trainer.Epoch);
    }

    [Fact]
    public void Training_stops_when_asked_to()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        NoteRnnTrainer trainer = new(Scales, [4], Quick);
        Assert.Equal(TrainingEnd.Cancelled, trainer.Run(cancellation: source.Token));
        Assert.Equal(0, trainer.Updates);
    }

    [Fact]
    public void A_corpus_without_melodies_on_either_side_is_refused()
    {
        Assert.Contains("validation", Assert.Throws<ArgumentException>(() => new NoteRnnTrainer(Scales with { Validation = [] }, [4], Quick)).Message);
        Assert.Contains("training", Assert.Throws<ArgumentException>(() => new NoteRnnTrainer(Scales with { Training = [] }, [4], Quick)).Message);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        (string, TrainingOptions)[] wrong =
        [
            ("BatchSize", new() { BatchSize = 0 }), ("MaxLength", new() { MaxLength = 0 }), ("Epochs", new() { Epochs = 0 }),
            ("Patience", new() { Patience = 0 }), ("LearningRate", new() { LearningRate = 0 }), ("LearningRate", new() { LearningRate = float.NaN }),
            ("DecayRate", new() { DecayRate = 1.1f }), ("DecaySteps", new() { DecaySteps = 0 }), ("Dropout", new() { Dropout = 1 }),
            ("RecurrentDropout", new() { RecurrentDropout = 1 }), ("ClipNorm", new() { ClipNorm = 0 }), ("L2", new() { L2 = -1 }), ("AverageDecay", new() { AverageDecay = 1 }),
        ];
        Assert.All(wrong, entry => Assert.StartsWith(JsonNamingPolicy.KebabCaseLower.ConvertName(entry.Item1) + ": expected ", Assert.Throws<ArgumentException>(() => entry.Item2.Validated()).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_net_cannot_hear_is_refused() =>
        Assert.Contains("found 'ears'", Assert.Throws<ArgumentException>(() => new NoteRnnTrainer(Scales, [4], Quick with { Inputs = "event ears" })).Message);

    private static TrainingEnd Run(NoteRnnTrainer trainer, ITrainingListener? listener = null) =>
        trainer.Run(listener, TestContext.Current.CancellationToken);

    private static ImmutableArray<CorpusMelody> Melodies(int count, string purpose)
    {
        RandomSource random = new(7, purpose);
        return [.. Enumerable.Range(0, count).Select(i => new CorpusMelody($"{purpose} {i}", Melody.FromClasses(Scale(random), MelodyEncoding.Default)))];
    }

    private static int[] Scale(RandomSource random)
    {
        int[] melody = new int[20 + random.Next(30)];
        int note = random.Next(8), direction = random.Next(2) == 0 ? 1 : -1;
        for (int i = 0; i < melody.Length; i++)
        {
            direction = note == 0 ? 1 : note == 7 ? -1 : direction;
            note += i % 2 == 1 ? direction : 0;
            melody[i] = i % 2 == 0 ? 14 + note : MelodyEncoding.HoldClass;
        }

        return melody;
    }

    private sealed class Spoiler(int afterEpoch) : ITrainingListener
    {
        public void OnUpdate(int epoch, long eventsDone, long eventsAll, PredictionSums soFar)
        {
        }

        public void OnEpoch(NoteRnnTrainer trainer, EpochResult result)
        {
            if (result.Epoch == afterEpoch)
            {
                trainer.Model.Weights.Values[0] = float.NaN;
            }
        }
    }
}
