using System.CommandLine;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Cli.Options;

/// <summary>A rule set and weights of its rules, for commands that judge by the whole set.</summary>
internal sealed class WeighedRulesOptions
{
    private readonly ChoiceOption<RuleSetName> _set = new(
        "--rule-set",
        "The rules: those for tunes, the paper's nine as they are heard, or the original program's.",
        ("musical", RuleSetName.Musical),
        ("theory", RuleSetName.Theory),
        ("magenta", RuleSetName.Magenta));

    private readonly Option<FileInfo?> _weights = new("--rules")
    {
        Description = "A JSON file of weights by rule, such as {\"key\": 2, \"leap\": 0}; others stay as they are in the set.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_set);
        command.Options.Add(_weights);
    }

    /// <summary>The word of the set.</summary>
    public string Word(ParseResult parsed) => _set.WordOf(_set.Read(parsed));

    /// <summary>The set and its rules.</summary>
    public (RuleSetName Set, RuleSet Rules) Read(ParseResult parsed, Key key)
    {
        RuleSetName set = _set.Read(parsed);
        RuleSet rules = RulePresets.Of(set, RewardMode.MusicTheoryAll, key);
        return (set, parsed.GetValue(_weights) is { } weights ? rules.WithWeights(TheoryOptions.ReadWeights(weights)) : rules);
    }
}
