using System.CommandLine;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>The options that say which rules judge a melody, shared by the commands that judge.</summary>
/// <param name="keyMeans">What a key is to the command.</param>
internal sealed class TheoryOptions(string keyMeans = "The key")
{
    private readonly ChoiceOption<Quirks> _compatibility = new(
        "--compat",
        "Whose rules and loop: ours, or the published program's, bugs included.",
        ("corrected", Quirks.None),
        ("magenta", Quirks.Magenta));

    private readonly ChoiceOption<RunPreset> _preset = new(
        "--preset",
        "Whose way of tuning: ours, or the paper's (Q-learning on its nine rules).",
        ("musical", RunPreset.Musical),
        ("paper", RunPreset.Paper));

    private readonly ChoiceOption<RuleSetName?> _ruleSet = new(
        "--rule-set",
        "The rules: those for tunes, the paper's nine as they are heard, or the original program's; auto: musical, with --preset paper theory, with "
        + "--compat magenta magenta.",
        ("auto", null),
        ("musical", RuleSetName.Musical),
        ("theory", RuleSetName.Theory),
        ("magenta", RuleSetName.Magenta));

    private readonly ChoiceOption<RewardMode> _mode = new(
        "--reward-mode",
        "What is rewarded; the first counts all nine rules and log p of the Note RNN.",
        ("music-theory-all", RewardMode.MusicTheoryAll),
        ("music-theory-only", RewardMode.MusicTheoryOnly),
        ("music-theory-basic-plus-variety", RewardMode.MusicTheoryBasicPlusVariety),
        ("music-theory-basic", RewardMode.MusicTheoryBasic),
        ("music-theory-random", RewardMode.MusicTheoryRandom),
        ("preferred-intervals", RewardMode.PreferredIntervals),
        ("key-and-tonic", RewardMode.KeyAndTonic),
        ("key", RewardMode.Key),
        ("non-repeating", RewardMode.NonRepeating),
        ("scale", RewardMode.Scale));

    private readonly Option<string> _key = new("--key")
    {
        Description = keyMeans + ", such as 'C major', 'Eb dorian', 'A minor-pentatonic' or 'A: 0,3,5,7,10' (semitones above the tonic).",
        HelpName = "KEY",
        DefaultValueFactory = _ => "C major",
    };

    private readonly Option<string> _timeSignature = new("--time-signature")
    {
        Description = "The metre, such as 4/4, 3/4 or 6/8; says how long a bar is.",
        HelpName = "N/M",
        DefaultValueFactory = _ => "4/4",
    };

    private readonly Option<FileInfo?> _rules = new("--rules")
    {
        Description = "A JSON file of weights by rule, such as {\"key\": 2, \"leap\": 0}; others stay at 1.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_preset);
        command.Options.Add(_compatibility);
        command.Options.Add(_ruleSet);
        command.Options.Add(_key);
        command.Options.Add(_timeSignature);
        command.Options.Add(_mode);
        command.Options.Add(_rules);
    }

    /// <summary>The key that is asked for; null where none is.</summary>
    public Key? AskedKey(ParseResult parsed) => Given(parsed, _key) ? Key.Parse(parsed.GetValue(_key)!) : null;

    /// <summary>Reads the options; those not given are taken from the options of a run, where there is one.</summary>
    public Theory Read(ParseResult parsed, RunPlan? run = null) => Read(parsed, run, AskedKey(parsed));

    /// <summary>The same in a net's own key, that of its run or C major, whatever key is asked for.</summary>
    public Theory ReadInOwnKey(ParseResult parsed, RunPlan? run) => Read(parsed, run, null);

    private Theory Read(ParseResult parsed, RunPlan? run, Key? asked)
    {
        RuleSetName ruleSet = RuleSet(parsed, run);
        Key key = asked ?? (run is null ? Key.CMajor : Key.Parse(run.Theory.Key));
        TimeSignature timeSignature = TimeSignature.Parse(
            Given(parsed, _timeSignature) || run is null ? parsed.GetValue(_timeSignature)! : run.Theory.TimeSignature);
        RewardMode mode = Given(parsed, _mode) || run is null ? _mode.Read(parsed) : run.Reward.Mode;
        if (ruleSet == RuleSetName.Magenta && (Given(parsed, _key) || Given(parsed, _timeSignature)))
        {
            throw new UsageException(
                "--key and --time-signature: expected neither, as Magenta's rules know C major alone. Leave them out, or pass --compat corrected.");
        }

        RuleSet rules = RulePresets.Of(ruleSet, mode, key);
        if (parsed.GetValue(_rules) is FileInfo file)
        {
            rules = rules.WithWeights(ReadWeights(file));
        }
        else if (run is not null && !Given(parsed, _mode) && ruleSet == run.Theory.RuleSet)
        {
            rules = RulePresets.Of(ruleSet, key, run.Theory.Rules);
        }

        return new Theory(ruleSet, key, timeSignature, rules);
    }

    /// <summary>What is rewarded.</summary>
    public RewardMode Mode(ParseResult parsed) => _mode.Read(parsed);

    /// <summary>Which oddities of the published program are asked for, or a run has.</summary>
    public Quirks QuirksOf(ParseResult parsed, RunPlan? run = null) => Given(parsed, _compatibility) || run is null ? _compatibility.Read(parsed) : run.Quirks;

    /// <summary>Whose numbers and rules are the defaults.</summary>
    public RunPreset Preset(ParseResult parsed) => (_preset.Read(parsed), _compatibility.Read(parsed)) switch
    {
        (var preset, Quirks.None) => preset,
        _ when Given(parsed, _preset) => throw new UsageException("--preset: expected none with --compat magenta, found one. Leave one of them out."),
        _ => RunPreset.Magenta,
    };

    private RuleSetName RuleSet(ParseResult parsed, RunPlan? run)
    {
        bool isMagenta = QuirksOf(parsed, run) != Quirks.None;
        RuleSetName usual = run is not null && !Given(parsed, _compatibility) && !Given(parsed, _preset) ? run.Theory.RuleSet : RunPresets.RulesOf(Preset(parsed));
        RuleSetName asked = _ruleSet.Read(parsed) ?? usual;
        return isMagenta && asked != RuleSetName.Magenta
            ? throw new UsageException("--rule-set: expected magenta with --compat magenta, found another. Leave one of them out.")
            : asked;
    }

    private static bool Given<T>(ParseResult parsed, Option<T> option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>A name that stands twice is a mistake, not a wish for the last.</summary>
    private static WeightsJson Weights { get; } = new(new JsonSerializerOptions { AllowDuplicateProperties = false });

    internal static Dictionary<string, double> ReadWeights(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new FileNotFoundException($"--rules {file}: expected a file, found none (check the path)");
        }

        const string Expected = "expected weights by rule such as {\"key\": 2, \"leap\": 0}";
        try
        {
            using Stream stream = RegularFile.OpenRead(file.FullName);
            return JsonSerializer.Deserialize(stream, Weights.DictionaryStringDouble) ?? throw new JsonException();
        }
        catch (JsonException error)
        {
            string where = error.Path is { Length: > 2 } path ? $"something else at {path[2..]}" : "something else";
            throw new UsageException($"--rules {file}: {Expected}, found {where} in line {(error.LineNumber ?? 0) + 1} (write numbers by names of rules)");
        }
    }
}
