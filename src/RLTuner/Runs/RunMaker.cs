using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Settings;

namespace RLTuner.Runs;

/// <summary>Makes values by name into plans of runs, as <c>tune</c> would of its options.</summary>
/// <param name="netOf">Gives a net by its name or path.</param>
/// <param name="files">Reads the files of melodies that values name; null where none may be named.</param>
public sealed class RunMaker(Func<string, NoteRnnModel> netOf, RunEnvironment? files = null)
{
    private readonly Dictionary<string, NoteRnnModel> _bySource = [];

    /// <summary>The nets so far, by the SHA-256 of their weights.</summary>
    internal ImmutableDictionary<string, NoteRnnModel> Nets =>
        _bySource.Values.DistinctBy(RunPlan.HashOf).ToImmutableDictionary(RunPlan.HashOf);

    /// <summary>The plan of a run, which can be started.</summary>
    /// <param name="values">
    /// Texts by the names that options have, without hyphens before: numbers and switches (<c>on</c>, <c>off</c>), <c>preset</c>, <c>algorithm</c>,
    /// <c>rule-set</c>, <c>reward-mode</c>, <c>key</c>, <c>time-signature</c>, <c>note-rnn</c>, <c>priming-mode</c>, <c>midi-primer</c>, <c>training-data-path</c>, and
    /// <c>rules.NAME</c> for the weight of a rule. Of a name that stands twice the last counts; whatever is not given has its default.
    /// </param>
    /// <exception cref="ArgumentException">A name is unknown, or some values do not go together, or with the net; the message says which.</exception>
    /// <exception cref="FormatException">Key or metre cannot be read.</exception>
    /// <exception cref="IOException">A file of melodies cannot be read.</exception>
    public RunPlan Make(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Dictionary<string, string> last = [];
        foreach ((string name, string text) in values)
        {
            last[name] = RunValue.Knows(name) ? text : throw RunValue.Unknown(name);
        }

        return Make(last);
    }

    /// <summary>A net by its name or path; each is opened once.</summary>
    /// <param name="source">What a value of <c>note-rnn</c> says.</param>
    public NoteRnnModel NetOf(string source)
    {
        if (!_bySource.TryGetValue(source, out NoteRnnModel? net))
        {
            _bySource[source] = net = netOf(source);
        }

        return net;
    }

    private RunPlan Make(Dictionary<string, string> values)
    {
        RunPreset preset = values.TryGetValue(RunValue.Preset, out string? whose) ? RunValue.Word<RunPreset>(whose) : RunPreset.Musical;
        RewardMode mode = values.TryGetValue(RunValue.RewardMode, out string? what) ? RunValue.Word<RewardMode>(what) : RewardMode.MusicTheoryAll;
        string source = values.GetValueOrDefault(RunValue.NoteRnn, ShippedNoteRnn.Shipped);
        NoteRnnModel net = NetOf(source);
        RunPlan plan = RunPlans.Create(new RunRequest(net, source, TheoryOf(values, preset, mode))
        {
            Preset = preset,
            Algorithm = values.GetValueOrDefault(RunValue.Algorithm),
            Mode = mode,
            Beginning = BeginningOf(values, net, preset),
            Given = Numbers(values, preset),
        });
        RunSession.Check(plan, net, files ?? new RunEnvironment());
        return plan;
    }

    private BeginningPlan BeginningOf(Dictionary<string, string> values, NoteRnnModel net, RunPreset preset)
    {
        string? melody = values.GetValueOrDefault(RunValue.MidiPrimer), corpus = values.GetValueOrDefault(RunValue.TrainingDataPath);
        if (files is null && (melody ?? corpus) is { } path)
        {
            throw new ArgumentException($"{(melody is null ? RunValue.TrainingDataPath : RunValue.MidiPrimer)}: expected no file here, found '{path}'");
        }

        PrimingMode? mode = values.TryGetValue(RunValue.PrimingMode, out string? word) ? RunValue.Word<PrimingMode>(word) : null;
        return Beginnings.Plan(mode, melody, corpus, net, RunPresets.QuirksOf(preset));
    }

    private static Theory TheoryOf(Dictionary<string, string> values, RunPreset preset, RewardMode mode)
    {
        RuleSetName set = values.TryGetValue(RunValue.RuleSet, out string? whose) ? RunValue.Word<RuleSetName>(whose) : RunPresets.RulesOf(preset);
        if (preset == RunPreset.Magenta && set != RuleSetName.Magenta)
        {
            throw new ArgumentException("rule-set: expected magenta with the preset magenta, found another");
        }

        if (set == RuleSetName.Magenta && (values.ContainsKey(RunValue.Key) || values.ContainsKey(RunValue.TimeSignature)))
        {
            throw new ArgumentException("key and time-signature: expected neither, as Magenta's rules know C major alone");
        }

        Key key = values.TryGetValue(RunValue.Key, out string? name) ? Key.Parse(name) : Key.CMajor;
        TimeSignature metre = values.TryGetValue(RunValue.TimeSignature, out string? bars) ? TimeSignature.Parse(bars) : TimeSignature.CommonTime;
        Dictionary<string, double> weights = values.Where(value => value.Key.StartsWith(RunValue.Rule, StringComparison.Ordinal))
            .ToDictionary(value => value.Key[RunValue.Rule.Length..], value => RunValue.Weight(value.Value));
        return new Theory(set, key, metre, RulePresets.Of(set, mode, key).WithWeights(weights));
    }

    /// <summary>The numbers as this learner declares them; those of others too, which are then refused by name.</summary>
    private static Dictionary<string, object> Numbers(Dictionary<string, string> values, RunPreset preset)
    {
        Dictionary<string, Setting> declared = RunPresets.Defaults(preset, values.GetValueOrDefault(RunValue.Algorithm)).SettingValues
            .ToDictionary(value => value.Setting.Name, value => value.Setting);
        Dictionary<string, object> given = [];
        foreach ((string name, string text) in values)
        {
            if ((declared.GetValueOrDefault(name) ?? RunValue.Number(name)) is { } setting)
            {
                given[name] = setting.Parse(text);
            }
        }

        return given;
    }
}
