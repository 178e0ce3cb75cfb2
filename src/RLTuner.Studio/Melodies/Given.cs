using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Scores;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Melodies;

/// <summary>Reads what a page gives, within the studio's bounds.</summary>
internal static class Given
{
    /// <summary>The longest melody, in steps: two minutes and more of music.</summary>
    public const int MostSteps = 2048;

    /// <summary>Melodies in one answer.</summary>
    public const int MostMelodies = 200;

    /// <summary>Steps that one call may compose.</summary>
    private const int MostComposed = 65536;

    /// <summary>A melody of the page.</summary>
    public static Melody Melody(int[]? events, string name = "events") => events is { Length: > 0 and <= MostSteps }
        ? MagentaMelody.Of(events)
        : throw new StudioException(400, $"{name}: expected 1 to {MostSteps} events, found {events?.Length ?? 0}");

    /// <summary>A number in its range.</summary>
    public static int Number(int number, string name, int least, int most) => number >= least && number <= most
        ? number
        : throw new StudioException(400, $"{name}: expected a whole number from {least} to {most}, found {number}");

    /// <summary>How many melodies of which length; not too much in all.</summary>
    public static (int Count, int Length) Amount(int count, int length)
    {
        Number(count, "count", 1, MostMelodies);
        Number(length, "length", 1, MostSteps);
        return count * length <= MostComposed ? (count, length) : throw new StudioException(400, $"count: expected at most {MostComposed} steps in all, found {count} melodies of {length} (ask for fewer or shorter ones)");
    }

    /// <summary>The rules of a set, by the names and weights of the page where it gives some.</summary>
    public static (RuleSetName Set, RuleSet Rules) Rules(string? set, IReadOnlyDictionary<string, double>? weights, Key key)
    {
        RuleSetName name = (set ?? "musical") switch
        {
            "musical" => RuleSetName.Musical,
            "theory" => RuleSetName.Theory,
            "magenta" => RuleSetName.Magenta,
            _ => throw new StudioException(400, $"ruleSet: expected one of musical, theory, magenta; found '{set}'"),
        };
        RuleSet usual = RulePresets.Of(name, RewardMode.MusicTheoryAll, key);
        if (weights is null)
        {
            return (name, usual);
        }

        Dictionary<string, double> all = usual.Rules.ToDictionary(entry => entry.Rule.Name, entry => entry.Weight);
        foreach ((string rule, double weight) in weights)
        {
            all[rule] = weight;
        }

        return (name, RulePresets.Of(name, key, all));
    }
}
