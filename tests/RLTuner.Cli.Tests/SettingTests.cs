using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Settings;
using RLTuner.Learning.PolicyGradient;
using RLTuner.Tests;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Cli.Tests;

/// <summary>A number of a run is declared once, and found wherever somebody may look for it.</summary>
public sealed partial class SettingTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    /// <summary>Each with the records that have its defaults: ours, and the published program's.</summary>
    private static IEnumerable<(Setting Setting, object Usual, object Original)> All =>
    [
        .. Of(RunPlan.Settings, preset => RunPresets.Defaults(preset)),
        .. Of(RewardPlan.Settings, preset => RunPresets.Defaults(preset).Reward),
        .. Of(WindowOptions.Settings, preset => RunPresets.Defaults(preset).Windows),
        .. Learners.All.SelectMany(kind => Of(kind.Settings, preset => kind.Defaults(kind.Names[0], RunPresets.QuirksOf(preset)))),
    ];

    [Fact]
    public void Names_are_unique_and_everything_is_told()
    {
        Assert.All(Learners.All, kind => Assert.Distinct(All.Where(each => each.Usual is not LearnerOptions other || other.Kind == kind).Select(each => each.Setting.Name)));
        Assert.InRange(All.Count(), 20, 100);
        Assert.All(All, each =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", each.Setting.Name);
            Assert.EndsWith(".", each.Setting.Meaning, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_help_of_tune_has_each_with_its_default()
    {
        string help = Spaces().Replace(Rltuner.Run("tune", "--help").Done().Output, " ");
        Assert.All(All, each =>
        {
            Assert.Contains($"--{each.Setting.Name} ", help, StringComparison.Ordinal);
            Assert.Contains(each.Setting.Meaning, help, StringComparison.Ordinal);
            if (each.Setting.Type != typeof(bool))
            {
                Assert.Matches($@"--{each.Setting.Name} [^\[]*(\[[^\]]*\] )?\[default: [^\]]*{System.Text.RegularExpressions.Regex.Escape(each.Setting.TextIn(each.Usual))}", help);
            }
        });
    }

    [Fact]
    public void A_run_keeps_each_once()
    {
        JsonObject options = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "options.json")))!.AsObject();
        string[] names = [.. options.SelectMany(part => part.Value is JsonObject nested ? nested.Select(field => field.Key) : [part.Key])];
        Assert.All(All.Where(each => each.Usual is not PgOptions), each => Assert.Single(names, name => JsonNamingPolicy.KebabCaseLower.ConvertName(name) == each.Setting.Name));
    }

    [Fact]
    public void A_value_beyond_the_range_is_refused_with_both_limits()
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(38, [8]), 1), MelodyEncoding.Default);
        RunRequest request = new(net, "made", RLTuner.Rewards.Theory.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor, TimeSignature.CommonTime));
        foreach ((Setting setting, object owner, _) in All.Where(each => each.Setting.Type != typeof(bool)))
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => setting.Parse("-1e99"));
            Assert.Equal($"{setting.Name}: expected {setting.Range}, found '-1e99'", refused.Message);
            Assert.Matches(setting.Words.IsEmpty ? "^(a|a whole) number (from|above) [^ ]+ to [^ ]+$" : "^one of .+, .+$", setting.Range);
            if (Beyond(setting) is { } value)
            {
                string algorithm = owner is LearnerOptions learner ? learner.Algorithm : "q";
                refused = Assert.Throws<ArgumentException>(() => RunPlans.Create(
                    request with { Algorithm = algorithm, Given = new Dictionary<string, object> { [setting.Name] = value } }));
                Assert.Equal($"{setting.Name}: expected {setting.Range}, found {setting.Text(value)}", refused.Message);
            }
        }
    }

    [Fact]
    public void The_docs_table_is_right()
    {
        string[] table =
        [
            "| option | meaning | unit | range | default | with `--compat magenta` | source of the default |",
            "|---|---|---|---|---|---|---|",
            .. All.Select(each => $"| `--{each.Setting.Name}`{(each.Usual is LearnerOptions learner ? $" ({string.Join(", ", learner.Kind.Names)})" : "")} | {each.Setting.Meaning} | {each.Setting.Unit} | {each.Setting.Range} | "
                + $"{each.Setting.TextIn(each.Usual)} | {each.Setting.TextIn(each.Original)} | {each.Setting.Source} |"),
        ];
        string[] found = [.. File.ReadLines(Path.Combine(SharedFolder.RepositoryRoot(), "docs", "options.md")).Where(line => line.StartsWith('|'))];
        Assert.True(table.SequenceEqual(found), "the table of docs/options.md is to be:\n" + string.Join('\n', table));
    }

    /// <summary>A value just beyond the range, of the setting's type; null where every value of the type is in it.</summary>
    private static object? Beyond(Setting setting) => setting.Type switch
    {
        var type when type == typeof(long) => long.MaxValue,
        var type when type == typeof(int) => -1,
        var type when type == typeof(double) => double.PositiveInfinity,
        var type when type == typeof(float) => float.NaN,
        _ => null,
    };

    private static IEnumerable<(Setting Setting, object Usual, object Original)> Of(IEnumerable<Setting> settings, Func<RunPreset, object> defaults) =>
        settings.Select(setting => (setting, defaults(RunPreset.Musical), defaults(RunPreset.Magenta)));

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
