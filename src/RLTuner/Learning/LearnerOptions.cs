using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Rewards;
using RLTuner.Settings;

namespace RLTuner.Learning;

/// <summary>The numbers of a learner. Each declares itself as a <see cref="Setting"/>.</summary>
public abstract record LearnerOptions
{
    /// <summary>The learner's name, such as <c>q</c>.</summary>
    public abstract string Algorithm { get; }

    /// <summary>Whether log p of a note under the Note RNN is part of what the learner is rewarded by; else it comes in elsewhere, or not at all.</summary>
    [JsonIgnore]
    public abstract bool RewardsLikelihood { get; }

    /// <summary>These options with what depends on the length of the run filled in.</summary>
    /// <param name="trainingSteps">Notes to play in all.</param>
    public virtual LearnerOptions For(long trainingSteps) => this;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One lies outside its range; the message names both.</exception>
    public virtual void Validate() => SettingList.Check(this, Kind.Settings);

    /// <summary>Makes the learner.</summary>
    public abstract ILearner Create(LearningTask task);

    /// <summary>How options of this kind are listed and stored.</summary>
    [JsonIgnore]
    public abstract LearnerKind Kind { get; }
}

/// <summary>A kind of learner, as the command line and stored runs know it.</summary>
/// <param name="Names">The algorithms of this kind.</param>
/// <param name="Defaults">Options for one of them, as they are, and as the published program has them.</param>
/// <param name="Settings">Its numbers.</param>
/// <param name="Json">How its options are stored.</param>
public sealed record LearnerKind(
    ImmutableArray<string> Names, Func<string, Quirks, LearnerOptions> Defaults, ImmutableArray<Setting> Settings, JsonTypeInfo Json);

/// <summary>What is to be learned.</summary>
/// <param name="NoteRnn">The net to tune; it stays as it is.</param>
/// <param name="Reward">What a note earns.</param>
/// <param name="Primer">What is heard before each melody.</param>
public sealed record LearningTask(NoteRnnModel NoteRnn, Reward Reward, IPrimer Primer)
{
    /// <summary>The metre that rules assume.</summary>
    public TimeSignature TimeSignature { get; init; } = TimeSignature.CommonTime;

    /// <summary>Events in a melody, 2 or more.</summary>
    public int MelodyLength { get; init; } = 32;

    /// <summary>Whether the tuned net is told which step of the melody comes next.</summary>
    public bool PositionInput { get; init; }

    /// <summary>Start of every random stream.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Oddities of the published program.</summary>
    public Quirks Quirks { get; init; }

    /// <summary>Threads that share the work, 1 or more; the result is the same to the byte.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// The weights that learning starts from: a copy of the Note RNN's; with position input a net that also hears where in the bar it is and how far the
    /// end, in melodies of any length, and as yet makes nothing of it.
    /// </summary>
    internal NoteRnnWeights StartingWeights()
    {
        NoteRnnWeights net = NoteRnn.Weights.Clone();
        if (PositionInput)
        {
            net = net.Shape.Inputs.Has<BarInput>() ? net : net.With(new BarInput());
            net = net.Shape.Inputs.Has<EndInput>() ? net : net.With(new EndInput());
        }

        return net;
    }

    /// <summary>Checks what a record cannot.</summary>
    /// <returns>This task.</returns>
    /// <exception cref="ArgumentException">A melody is too short, a scale is infinite or NaN, or the net was itself tuned.</exception>
    public LearningTask Validated() =>
        NoteRnn.Prior is not null ? throw new ArgumentException("expected a plain Note RNN, found one that G-learning tuned; tune the net it started from")
        : NoteRnn.Shape.Inputs.Has<EndInput>() || NoteRnn.Shape.Inputs.Has<StepInput>()
            ? throw new ArgumentException("expected a plain Note RNN, found one tuned with position input; tune the net it started from")
        : MelodyLength < 2 ? throw new ArgumentException($"expected melodies of 2 events or more, found {MelodyLength}")
        : !double.IsFinite(Reward.TheoryScale + Reward.NoteRnnScale) ? throw new ArgumentException($"expected finite scales of the reward, found {Reward.TheoryScale} and {Reward.NoteRnnScale}")
        : this;
}
