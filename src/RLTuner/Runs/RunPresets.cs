using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Rewards;

namespace RLTuner.Runs;

/// <summary>Whose way of tuning.</summary>
public enum RunPreset
{
    /// <summary>Ours: rules that prefer music, policy gradient at a set distance from the Note RNN, a net that knows where in the melody it is.</summary>
    Musical,

    /// <summary>The paper's: Q-learning on its nine rules, a net that is not told where it is (Jaques et al. 2017).</summary>
    Paper,

    /// <summary>The published program's, its oddities included.</summary>
    Magenta,
}

/// <summary>What each preset stands for.</summary>
public static class RunPresets
{
    /// <summary>The learner of a preset.</summary>
    public static string AlgorithmOf(RunPreset preset) => preset == RunPreset.Musical ? Learning.PolicyGradient.PgOptions.Name : Algorithm.Q.Name;

    /// <summary>The rules of a preset.</summary>
    public static RuleSetName RulesOf(RunPreset preset) => preset switch
    {
        RunPreset.Magenta => RuleSetName.Magenta,
        RunPreset.Paper => RuleSetName.Theory,
        _ => RuleSetName.Musical,
    };

    /// <summary>The oddities of a preset.</summary>
    public static Quirks QuirksOf(RunPreset preset) => preset == RunPreset.Magenta ? Quirks.Magenta : Quirks.None;

    /// <summary>A plan with nothing given: its numbers are the defaults.</summary>
    /// <param name="preset">Whose.</param>
    /// <param name="algorithm">The name of the learner; null for the preset's.</param>
    /// <param name="learners">The kinds that are known; by default those of the library.</param>
    /// <exception cref="ArgumentException">There is no such algorithm.</exception>
    public static RunPlan Defaults(RunPreset preset, string? algorithm = null, ImmutableArray<LearnerKind> learners = default) => new()
    {
        NoteRnn = new StartingNet("", "", [], 0, 0),
        Theory = new TheoryPlan { RuleSet = RulesOf(preset), Key = "C major", TimeSignature = "4/4", Rules = ImmutableDictionary<string, double>.Empty },

        // What the original's own command uses.
        Reward = preset == RunPreset.Magenta ? new RewardPlan { RewardScaler = 0.1 } : new RewardPlan(),
        Learner = Learners.Defaults(learners.IsDefault ? Learners.All : learners, algorithm ?? AlgorithmOf(preset), QuirksOf(preset)),
        TrainingSteps = preset == RunPreset.Musical ? 5_000_000 : 1_000_000,
        PositionInput = preset == RunPreset.Musical,
        Quirks = QuirksOf(preset),
    };
}
