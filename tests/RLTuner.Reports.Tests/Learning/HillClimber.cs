using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RLTuner.Composing;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Settings;

namespace RLTuner.Reports.Tests.Learning;

/// <summary>The numbers of <see cref="HillClimber"/>.</summary>
internal sealed record HillClimbingOptions : LearnerOptions
{
    public static LearnerKind HillClimbing { get; } = new(
        ["hill-climbing"], (_, _) => new HillClimbingOptions(), Setting.Of<HillClimbingOptions>(), HillClimbingJson.Default.HillClimbingOptions);

    public override string Algorithm => "hill-climbing";

    [Setting("noise", "The largest change of a bias.", Min = 0, MinIsOutside = true, Max = 10, Source = "A guess.")]
    public double Noise { get; init; } = 0.2;

    [Setting("trial-melodies", "Melodies that judge a change.", Unit = "melodies", Min = 1, Max = 1000, Source = "A guess.")]
    public int TrialMelodies { get; init; } = 4;

    [JsonIgnore]
    public override bool RewardsLikelihood => true;

    [JsonIgnore]
    public override LearnerKind Kind => HillClimbing;

    public override ILearner Create(LearningTask task) => new HillClimber(this, task);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HillClimbingOptions))]
internal sealed partial class HillClimbingJson : JsonSerializerContext;

/// <summary>Changes the output layer's biases at random and keeps a change after which some melodies earn more.</summary>
internal sealed class HillClimber(HillClimbingOptions options, LearningTask task) : ILearner
{
    private readonly NoteRnnPolicy _noteRnn = new(task.NoteRnn);
    private readonly RandomSource _random = new(task.Seed, "hill climbing");
    private NoteRnnWeights _weights = task.NoteRnn.Weights.Clone();
    private double _best = double.NegativeInfinity;
    private long _tried, _kept;

    public long Step { get; private set; }

    public NoteRnnModel Snapshot() => new(_weights.Clone(), task.NoteRnn.Encoding);

    public void Advance(long notes, IStepSink sink, CancellationToken stop)
    {
        for (long end = Step + notes; Step < end && !stop.IsCancellationRequested; _tried++)
        {
            NoteRnnWeights changed = _weights.Clone();
            foreach (ref float bias in changed.OutputBias)
            {
                bias += (float)(options.Noise * ((2 * _random.NextDouble()) - 1));
            }

            double earned = Play(new NoteRnnPolicy(new NoteRnnModel(changed, task.NoteRnn.Encoding)), sink);
            if (earned > _best)
            {
                (_weights, _best) = (changed, earned);
                _kept++;
            }
        }
    }

    public ImmutableArray<Diagnostic> TakeDiagnostics()
    {
        ImmutableArray<Diagnostic> taken = [new("changes_kept", (double)_kept / _tried), new("best_trial", _best)];
        _tried = _kept = 0;
        return taken;
    }

    public void Save(StateWriter writer) => writer.Section("hill climbing", section =>
    {
        (ulong s0, ulong s1, ulong s2, ulong s3) = _random.State;
        Array.ForEach([s0, s1, s2, s3], section.Write);
        Array.ForEach([Step, _tried, _kept], section.Write);
        section.Write(_best);
        Array.ForEach(_weights.OutputBias.ToArray(), section.Write);
    });

    public void Restore(StateReader reader) => reader.Section("hill climbing", section =>
    {
        _random.State = (section.ReadUInt64(), section.ReadUInt64(), section.ReadUInt64(), section.ReadUInt64());
        (Step, _tried, _kept, _best) = (section.ReadInt64(), section.ReadInt64(), section.ReadInt64(), section.ReadDouble());
        foreach (ref float bias in _weights.OutputBias)
        {
            bias = section.ReadSingle();
        }
    });


    private double Play(IPolicy policy, IStepSink sink)
    {
        IReadOnlyList<Composition> melodies = new Composer(policy, task.Primer).Compose(options.TrialMelodies, task.MelodyLength, _random.NextBits());
        double earned = 0;
        foreach ((Composition melody, float[] logP) in melodies.Zip(Likelihood.LogProbabilities(_noteRnn, melodies)))
        {
            int at = 0;
            task.Reward.ForEachEvent(melody, task.NoteRnn.Encoding, task.TimeSignature, (theory, rules) =>
            {
                double likelihood = logP[at++], reward = task.Reward.Of(theory, likelihood);
                sink.Played(reward, theory, likelihood, rules);
                earned += reward;
                Step++;
            });
        }

        return earned;
    }
}
