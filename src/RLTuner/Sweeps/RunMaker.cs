using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Runs;
using RLTuner.Settings;

namespace RLTuner.Sweeps;

/// <summary>Makes values by name into plans of runs, as <c>tune</c> would of its options.</summary>
/// <param name="netOf">Gives a net by its name or path.</param>
internal sealed class RunMaker(Func<string, NoteRnnModel> netOf)
{
    private readonly Dictionary<string, NoteRnnModel> _bySource = [];

    /// <summary>The nets so far, by the SHA-256 of their weights.</summary>
    public ImmutableDictionary<string, NoteRnnModel> Nets =>
        _bySource.Values.DistinctBy(RunPlan.HashOf).ToImmutableDictionary(RunPlan.HashOf);

    /// <summary>The plan of a run, which can be started.</summary>
    /// <param name="shared">What all runs have.</param>
    /// <param name="point">What this one has instead.</param>
    /// <param name="seed">Its seed.</param>
    /// <exception cref="ArgumentException">Some values do not go together, or with the net.</exception>
    public RunPlan Make(IEnumerable<KeyValuePair<string, string>> shared, IEnumerable<KeyValuePair<string, string>> point, ulong seed)
    {
        Dictionary<string, string> values = new(shared);
        foreach ((string name, string text) in point)
        {
            values[name] = text;
        }

        RunPreset preset = values.TryGetValue(SweptValue.Preset, out string? whose) ? SweptValue.Word<RunPreset>(whose) : RunPreset.Musical;
        RewardMode mode = values.TryGetValue(SweptValue.RewardMode, out string? what) ? SweptValue.Word<RewardMode>(what) : RewardMode.MusicTheoryAll;
        string source = values.GetValueOrDefault(SweptValue.NoteRnn, ShippedNoteRnn.Shipped);
        if (!_bySource.TryGetValue(source, out NoteRnnModel? net))
        {
            _bySource[source] = net = netOf(source);
        }

        RunPlan plan = RunPlans.Create(new RunRequest(net, source, TheoryOf(values, preset, mode))
        {
            Preset = preset,
            Algorithm = values.GetValueOrDefault(SweptValue.Algorithm),
            Mode = mode,
            Beginning = values.TryGetValue(SweptValue.PrimingMode, out string? priming) ? new BeginningPlan { PrimingMode = SweptValue.Word<PrimingMode>(priming) } : null,
            Given = Numbers(values, preset, seed),
        });
        RunSession.Check(plan, net);
        return plan;
    }

    private static Theory TheoryOf(Dictionary<string, string> values, RunPreset preset, RewardMode mode)
    {
        RuleSetName set = values.TryGetValue(SweptValue.RuleSet, out string? whose) ? SweptValue.Word<RuleSetName>(whose) : RunPresets.RulesOf(preset);
        if (preset == RunPreset.Magenta && set != RuleSetName.Magenta)
        {
            throw new ArgumentException("rule-set: expected magenta with the preset magenta, found another");
        }

        if (set == RuleSetName.Magenta && (values.ContainsKey(SweptValue.Key) || values.ContainsKey(SweptValue.TimeSignature)))
        {
            throw new ArgumentException("key and time-signature: expected neither, as Magenta's rules know C major alone");
        }

        Key key = values.TryGetValue(SweptValue.Key, out string? name) ? Key.Parse(name) : Key.CMajor;
        TimeSignature metre = values.TryGetValue(SweptValue.TimeSignature, out string? bars) ? TimeSignature.Parse(bars) : TimeSignature.CommonTime;
        Dictionary<string, double> weights = values.Where(value => value.Key.StartsWith(SweptValue.Rule, StringComparison.Ordinal))
            .ToDictionary(value => value.Key[SweptValue.Rule.Length..], value => SweptValue.Weight(value.Value));
        return new Theory(set, key, metre, RulePresets.Of(set, mode, key).WithWeights(weights));
    }

    /// <summary>The numbers as this learner declares them; those of others too, which are then refused by name.</summary>
    private static Dictionary<string, object> Numbers(Dictionary<string, string> values, RunPreset preset, ulong seed)
    {
        Dictionary<string, Setting> declared = RunPresets.Defaults(preset, values.GetValueOrDefault(SweptValue.Algorithm)).SettingValues
            .ToDictionary(value => value.Setting.Name, value => value.Setting);
        Dictionary<string, object> given = new() { [SweptValue.Seed] = seed };
        foreach ((string name, string text) in values)
        {
            if ((declared.GetValueOrDefault(name) ?? SweptValue.Number(name)) is { } setting)
            {
                given[name] = setting.Parse(text);
            }
        }

        return given;
    }
}
