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

    private readonly ChoiceOption<string> _algorithm = new(
        "--algorithm",
        "The learner: Q-learning, psi-learning (soft), G-learning (the Note RNN as prior), or Q on theory alone.",
        [.. Learners.All.SelectMany(kind => kind.Names).Select(name => (name, name))]);

    private readonly SettingOption[] _settings =
    [
        .. Learners.All.SelectMany(kind => Options(kind.Settings, kind.Defaults(kind.Names[0], Quirks.None), kind.Defaults(kind.Names[0], Quirks.Magenta)))
            .DistinctBy(option => option.Name),
        .. Options(RunPlan.Settings, RunPlans.Defaults(Quirks.None), RunPlans.Defaults(Quirks.Magenta)),
        .. Options(RewardPlan.Settings, RunPlans.Defaults(Quirks.None).Reward, RunPlans.Defaults(Quirks.Magenta).Reward),
        .. Options(WindowOptions.Settings, new WindowOptions(), new WindowOptions()),
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
    public RunPlan Read(ParseResult parsed, LoadedNet net, RewardMode mode, Theory theory, Quirks quirks, BeginningPlan beginning) => Limits.Checked(() => RunPlans.Create(
        new RunRequest(net.Model, net.Path, theory)
        {
            Algorithm = _algorithm.Read(parsed),
            Quirks = quirks,
            Mode = mode,
            Beginning = beginning,
            Given = Given(parsed),
        }));

    private Dictionary<string, object> Given(ParseResult parsed) => _settings
        .Where(option => parsed.GetResult(option) is OptionResult { Implicit: false })
        .ToDictionary(option => option.Setting.Name, option => parsed.GetValue(option)!);

    private static IEnumerable<SettingOption> Options(IEnumerable<Setting> settings, object usual, object original) =>
        settings.Select(setting => new SettingOption(setting, usual, original));
}
