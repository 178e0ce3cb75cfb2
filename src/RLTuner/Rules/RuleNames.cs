namespace RLTuner.Rules;

/// <summary>The rules' names, the same in both sets; weights and reports go by them.</summary>
public static class RuleNames
{
    /// <summary>Stay in the key.</summary>
    public const string Key = "key";

    /// <summary>Begin and end on the tonic.</summary>
    public const string Tonic = "tonic";

    /// <summary>Don't repeat a note too often.</summary>
    public const string Repeating = "repeating";

    /// <summary>Vary: don't resemble what came one to three notes before.</summary>
    public const string Autocorrelation = "autocorrelation";

    /// <summary>Make figures of several pitches.</summary>
    public const string Motif = "motif";

    /// <summary>Take figures up again.</summary>
    public const string RepeatedMotif = "repeated_motif";

    /// <summary>Move by good intervals.</summary>
    public const string PreferredIntervals = "preferred_intervals";

    /// <summary>Turn back after a leap.</summary>
    public const string Leap = "leap";

    /// <summary>Reach the highest and the lowest pitch once.</summary>
    public const string HighLowUnique = "high_low_unique";

    /// <summary>Climb the scale; only in the mode of that name.</summary>
    public const string Scale = "scale";

    /// <summary>Be rewarded for pitches of the key; only in the key mode.</summary>
    public const string KeyDistribution = "key_distribution";

    /// <summary>Be rewarded for not repeating; only in the mode of that name.</summary>
    public const string NonRepeating = "non_repeating";
}
