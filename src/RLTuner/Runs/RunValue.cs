using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Settings;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>What may be said of a run by name and text: each declared number, and what stands beside the numbers. One text for one value.</summary>
internal static class RunValue
{
    public const string Preset = "preset", Algorithm = "algorithm", RuleSet = "rule-set", RewardMode = "reward-mode", Key = "key",
        TimeSignature = "time-signature", NoteRnn = "note-rnn", PrimingMode = "priming-mode", MidiPrimer = "midi-primer",
        TrainingDataPath = "training-data-path", Seed = "seed";

    /// <summary>Before the name of a rule: its weight.</summary>
    public const string Rule = "rules.";

    /// <summary>Every number but the seed; of learners that share a name, the first one's.</summary>
    private static readonly ImmutableSortedDictionary<string, Setting> Numbers = Learners.All.SelectMany(kind => kind.Settings)
        .Concat(RunPlan.Settings).Concat(RewardPlan.Settings).Concat(WindowOptions.Settings)
        .Where(setting => setting.Name != Seed).DistinctBy(setting => setting.Name)
        .ToImmutableSortedDictionary(setting => setting.Name, setting => setting, StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, Func<string, string>> Others = new Dictionary<string, Func<string, string>>
    {
        [Preset] = text => Hyphenated(Word<RunPreset>(text)),
        [Algorithm] = text => Learners.Defaults(Learners.All, text, Quirks.None).Algorithm,
        [RuleSet] = text => Hyphenated(Word<RuleSetName>(text)),
        [RewardMode] = text => Hyphenated(Word<RewardMode>(text)),
        [Key] = text => Music.Key.Parse(text).ToString(),
        [TimeSignature] = text => Music.TimeSignature.Parse(text).ToString(),
        [NoteRnn] = text => text.Length > 0 ? text : throw new ArgumentException("expected the name or path of a net, found none"),
        [PrimingMode] = text => Hyphenated(Word<PrimingMode>(text)),
        [MidiPrimer] = FilePath,
        [TrainingDataPath] = FilePath,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The number of that name; null where it is another kind of value.</summary>
    public static Setting? Number(string name) => Numbers.GetValueOrDefault(name);

    /// <summary>The one text of a value.</summary>
    /// <exception cref="ArgumentException">There is nothing of that name, or it takes no such value.</exception>
    /// <exception cref="FormatException">It is no key or metre.</exception>
    public static string Text(string name, string text) =>
        Number(name) is { } setting ? setting.Text(setting.Parse(text))
        : Others.TryGetValue(name, out Func<string, string>? other) ? other(text)
        : name.StartsWith(Rule, StringComparison.Ordinal) ? Weight(text).ToString(CultureInfo.InvariantCulture)
        : name == Seed ? throw new ArgumentException("expected seeds in the list \"seeds\", found one here")
        : throw Unknown(name);

    /// <summary>Whether there is something of that name, the seed included.</summary>
    public static bool Knows(string name) =>
        Numbers.ContainsKey(name) || Others.ContainsKey(name) || name.StartsWith(Rule, StringComparison.Ordinal) || name == Seed;

    /// <summary>What to throw where there is not.</summary>
    public static ArgumentException Unknown(string name) =>
        new($"expected {string.Join(", ", Others.Keys)}, {Rule}NAME or a number of a run as 'rltuner tune --help' lists them, found '{name}'");

    /// <summary>Whether it names a file or folder, whose name tells enough.</summary>
    public static bool IsPath(string name) => name is NoteRnn or MidiPrimer or TrainingDataPath;

    /// <summary>The weight of a rule.</summary>
    /// <exception cref="ArgumentException">It is no number.</exception>
    public static double Weight(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && double.IsFinite(weight)
        ? weight
        : throw new ArgumentException($"expected the weight of a rule, found '{text}'");

    /// <summary>A member of an enumeration by its name in words joined by hyphens.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static T Word<T>(string text)
        where T : struct, Enum
    {
        T[] all = Enum.GetValues<T>();
        int at = Array.FindIndex(all, value => Hyphenated(value) == text);
        return at >= 0 ? all[at] : throw new ArgumentException($"expected {string.Join(", ", all.Select(Hyphenated))}, found '{text}'");
    }

    private static string FilePath(string text) => text.Length > 0 ? text : throw new ArgumentException("expected the path of a file of melodies, found none");

    private static string Hyphenated<T>(T value)
        where T : struct, Enum => Setting.Hyphenated(value.ToString());
}
