using System.CommandLine;
using System.CommandLine.Parsing;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Settings;
using RLTuner.Tuning;

namespace RLTuner.Cli.Options;

/// <summary>Every number of a run as an option, under the original's names.</summary>
internal sealed class PlanOptions
{
    private static readonly Setting Steps = RunPlan.Settings.Single(setting => setting.Name == "training-steps");

    private readonly ChoiceOption<string?> _algorithm = new(
        "--algorithm",
        "The learner: policy gradient (pg), Q-learning, psi-learning (soft), G-learning (the Note RNN as prior), or Q on theory alone; "
        + "auto: pg, with --preset paper or --compat magenta q.",
        [("auto", null), .. Learners.All.SelectMany(kind => kind.Names).Select(name => (name, (string?)name))]);

    private readonly SettingOption[] _settings =
    [
        .. LearnerOptions(),
        .. Options(RunPlan.Settings, preset => RunPresets.Defaults(preset)),
        .. Options(RewardPlan.Settings, preset => RunPresets.Defaults(preset).Reward),
        .. Options(WindowOptions.Settings, preset => RunPresets.Defaults(preset).Windows),
    ];

    public void AddTo(Command command)
    {
        command.Options.Add(_algorithm);
        foreach (SettingOption option in _settings)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The training steps, if they are given.</summary>
    public long? StepsGiven(ParseResult parsed) => Given(parsed).TryGetValue(Steps.Name, out object? steps) ? (long)steps : null;

    /// <summary>The plan that the options ask for.</summary>
    public RunPlan Read(ParseResult parsed, LoadedNet net, RewardMode mode, Theory theory, RunPreset preset, BeginningPlan beginning) => Limits.Checked(() => RunPlans.Create(
        new RunRequest(net.Model, net.Path, theory)
        {
            Algorithm = _algorithm.Read(parsed),
            Preset = preset,
            Mode = mode,
            Beginning = beginning,
            Given = Given(parsed),
        }));

    private Dictionary<string, object> Given(ParseResult parsed) => _settings
        .Where(option => parsed.GetResult(option) is OptionResult { Implicit: false })
        .ToDictionary(option => option.Setting.Name, option => parsed.GetValue(option)!);

    private static IEnumerable<SettingOption> Options(IEnumerable<Setting> settings, Func<RunPreset, object> defaults) =>
        settings.Select(setting => new SettingOption(setting, Defaults(setting, defaults)));

    /// <summary>Learners may share a name, each with a default of its own.</summary>
    private static IEnumerable<SettingOption> LearnerOptions() =>
        from kind in Learners.All
        from setting in kind.Settings
        group (kind, setting) by setting.Name into sharing
        let each = sharing.Select(of => (Name: of.kind.Names[0], Text: Defaults(of.setting, preset => of.kind.Defaults(of.kind.Names[0], RunPresets.QuirksOf(preset))))).ToArray()
        select new SettingOption(
            sharing.First().setting, each.Length == 1 ? each[0].Text : string.Join(", ", each.Select(of => $"{of.Text} by {of.Name}")));

    private static string Defaults(Setting setting, Func<RunPreset, object> defaults)
    {
        string ours = setting.TextIn(defaults(RunPreset.Musical)), papers = setting.TextIn(defaults(RunPreset.Paper)), theirs = setting.TextIn(defaults(RunPreset.Magenta));
        return $"{ours}{(papers == ours ? "" : $"; with --preset paper {papers}")}{(theirs == papers ? "" : $"; with --compat magenta {theirs}")}";
    }
}
