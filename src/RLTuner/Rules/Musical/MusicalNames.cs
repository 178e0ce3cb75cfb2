namespace RLTuner.Rules.Musical;

/// <summary>The names of the musical rules that the other sets do not have.</summary>
public static class MusicalNames
{
    /// <summary>Begin on the first beat, in the tonic triad.</summary>
    public const string Opening = "opening";

    /// <summary>End on the tonic.</summary>
    public const string Cadence = "cadence";

    /// <summary>Neither stop nor rush.</summary>
    public const string Breath = "breath";

    /// <summary>Keep the metre.</summary>
    public const string Metre = "metre";

    /// <summary>Vary the lengths of notes.</summary>
    public const string Lengths = "lengths";

    /// <summary>Take rhythms up again.</summary>
    public const string Rhythm = "rhythm";

    /// <summary>Move in the proportions of tunes.</summary>
    public const string Motion = "motion";

    /// <summary>Lead the line by steps.</summary>
    public const string Line = "line";

    /// <summary>Rise to one peak.</summary>
    public const string Arch = "arch";

    /// <summary>Take beginnings of bars up again, at any pitch.</summary>
    public const string MotifReturns = "motif_returns";

    /// <summary>Don't run on the spot.</summary>
    public const string Loop = "loop";
}
