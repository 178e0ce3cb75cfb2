using RLTuner.Runs;
using RLTuner.Settings;
using RLTuner.Studio.Serving;
using RLTuner.Tuning;

namespace RLTuner.Studio.Api;

/// <summary>Every number of a plan as the page's form shows it: the same declarations that the command line reads.</summary>
internal static class SettingForm
{
    /// <summary>The numbers in groups, with the defaults of a preset and an algorithm.</summary>
    /// <exception cref="StudioException">There is no such preset.</exception>
    /// <exception cref="ArgumentException">There is no such algorithm.</exception>
    public static IEnumerable<Group> Groups(string? preset, string? algorithm)
    {
        RunPreset known = preset is null or "" ? RunPreset.Musical
            : Enum.GetValues<RunPreset>().Select(value => (RunPreset?)value).FirstOrDefault(value => Setting.Hyphenated(value.ToString()!) == preset)
                ?? throw new StudioException(400, $"preset: expected {string.Join(", ", Enum.GetValues<RunPreset>().Select(value => Setting.Hyphenated(value.ToString())))}, found '{preset}'");
        RunPlan usual = RunPresets.Defaults(known, algorithm is "" ? null : algorithm);
        return
        [
            new("Run", Fields(RunPlan.Settings, usual)),
            new("Reward", Fields(RewardPlan.Settings, usual.Reward)),
            new("Learning", Fields(usual.Learner.Kind.Settings, usual.Learner)),
            new("Windows", Fields(WindowOptions.Settings, usual.Windows)),
        ];
    }

    private static Field[] Fields(IEnumerable<Setting> settings, object usual) => [.. settings.Select(setting => new Field(
        setting.Name,
        setting.Meaning,
        setting.Unit,
        setting.Type == typeof(bool) ? "switch" : !setting.Words.IsEmpty ? "word" : setting.Type == typeof(double) || setting.Type == typeof(float) ? "number" : "whole",
        setting.Words,
        setting.Range,
        setting.Min,
        setting.MinIsOutside,
        setting.Max,
        setting.TextIn(usual),
        setting.IsOptional,
        setting.Source))];

    internal sealed record Group(string Name, IReadOnlyList<Field> Settings);

    internal sealed record Field(
        string Name, string Meaning, string Unit, string Kind, IReadOnlyList<string> Words, string Range, double Min, bool MinIsOutside, double Max, string Default, bool Optional,
        string Source);
}
