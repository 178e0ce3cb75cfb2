using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Settings;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>What somebody asks of a run; whatever is not given has its default.</summary>
/// <param name="NoteRnn">The net to tune.</param>
/// <param name="Source">Where it came from, for people.</param>
/// <param name="Theory">Which rules judge.</param>
public sealed record RunRequest(NoteRnnModel NoteRnn, string Source, Theory Theory)
{
    /// <summary>Whose numbers are the defaults.</summary>
    public RunPreset Preset { get; init; }

    /// <summary>The name of the learner; null for the preset's.</summary>
    public string? Algorithm { get; init; }

    /// <summary>What is rewarded.</summary>
    public RewardMode Mode { get; init; } = RewardMode.MusicTheoryAll;

    /// <summary>How each melody begins; null for <see cref="Beginnings.Usual"/>.</summary>
    public BeginningPlan? Beginning { get; init; }

    /// <summary>Numbers by the names of their settings.</summary>
    public IReadOnlyDictionary<string, object> Given { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>The kinds of learners that are known.</summary>
    public ImmutableArray<LearnerKind> Learners { get; init; } = Runs.Learners.All;
}

/// <summary>Makes plans.</summary>
public static class RunPlans
{
    /// <summary>The plan of a request.</summary>
    /// <exception cref="ArgumentException">A number lies outside its range, two do not go together, or one is not of this learner; the message names them.</exception>
    public static RunPlan Create(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string algorithm = request.Algorithm ?? RunPresets.AlgorithmOf(request.Preset);
        RunPlan usual = RunPresets.Defaults(request.Preset, algorithm, request.Learners);
        LearnerOptions learner = usual.Learner;
        RunPlan plan = SettingList.Fill(usual with { }, RunPlan.Settings, request.Given) with
        {
            NoteRnn = StartingNet.Of(request.NoteRnn, request.Source),
            Theory = TheoryPlan.Of(request.Theory),
            Reward = SettingList.Fill(
                usual.Reward with { Mode = request.Mode, NoteRnnScale = learner.RewardsLikelihood && RulePresets.CountsNoteRnn(request.Mode) ? 1 : 0 },
                RewardPlan.Settings,
                request.Given),
            Windows = SettingList.Fill(usual.Windows with { }, WindowOptions.Settings, request.Given),
            Learner = SettingList.Fill(learner with { }, learner.Kind.Settings, request.Given),
            Beginning = request.Beginning ?? Beginnings.Usual(request.NoteRnn, usual.Quirks),
        };
        string[] known = [.. plan.SettingValues.Select(value => value.Setting.Name)];
        return request.Given.Keys.FirstOrDefault(name => !known.Contains(name)) is { } other
            ? throw new ArgumentException($"{other}: expected a number of the algorithm {algorithm}, found one of another")
            : plan.Validated();
    }
}
