using System.Collections.Immutable;
using RLTuner.Settings;

namespace RLTuner.Tuning;

/// <summary>How often a run is looked at, and how closely.</summary>
public sealed record WindowOptions
{
    /// <summary>Its numbers.</summary>
    public static ImmutableArray<Setting> Settings { get; } = Setting.Of<WindowOptions>();

    /// <summary>Notes between reports, evaluations and checkpoints.</summary>
    [Setting("output-every-nth", "Notes between progress lines, evaluations and checkpoints.", Unit = "notes", Min = 1, Max = 1e12,
        DefaultMeaning = "a twentieth of the training steps", Source = "Original: 50,000 of 1,000,000 in its command.")]
    public long? OutputEveryNth { get; init; }

    /// <summary>Melodies composed in an evaluation.</summary>
    [Setting("evaluation-melodies", "Melodies composed in an evaluation.", Unit = "melodies", Min = 1, Max = 1e6, Source = "As the original.")]
    public int EvaluationMelodies { get; init; } = 100;

    /// <summary>These options with what depends on the length of the run filled in.</summary>
    public WindowOptions For(long trainingSteps) => this with { OutputEveryNth = OutputEveryNth ?? Math.Max(1, trainingSteps / 20) };
}
