using RLTuner.Music;

namespace RLTuner.Ratings;

/// <summary>Where a rated melody comes from.</summary>
public enum RatedKind
{
    /// <summary>The net that a run began with.</summary>
    Before,

    /// <summary>The net that a run ended with.</summary>
    After,

    /// <summary>The net of a run at a step on its way.</summary>
    Run,

    /// <summary>A real tune.</summary>
    Tune,

    /// <summary>A net of no run.</summary>
    Net,
}

/// <summary>What a listener chose.</summary>
public enum RatingChoice
{
    /// <summary>The first melody.</summary>
    A,

    /// <summary>The second.</summary>
    B,

    /// <summary>Neither is better.</summary>
    Same,
}

/// <summary>A melody that was rated, and what it was.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Name">Of the run, the net or the collection; empty where it has none.</param>
/// <param name="Step">The step of the run whose net made it; 0 for what comes from no run.</param>
/// <param name="Melody">What was heard.</param>
public sealed record RatedMelody(RatedKind Kind, string Name, long Step, Melody Melody)
{
    /// <summary>The word of its kind, such as <c>before</c>.</summary>
    public string KindWord => Kind.ToString().ToLowerInvariant();

    /// <summary>What it was, such as <c>after pg-1</c>, <c>pg-1 at 5000</c> or <c>tune</c>.</summary>
    public override string ToString() => (Kind == RatedKind.Run ? FormattableString.Invariant($"{Name} at {Step}") : $"{KindWord} {Name}").TrimEnd();
}

/// <summary>A listener heard two melodies without knowing what they were, and chose.</summary>
/// <param name="Time">When.</param>
/// <param name="A">The first melody.</param>
/// <param name="B">The second.</param>
/// <param name="Key">The key of both.</param>
/// <param name="TimeSignature">The metre of both.</param>
/// <param name="Choice">Which was better.</param>
public sealed record Rating(DateTimeOffset Time, RatedMelody A, RatedMelody B, Key Key, TimeSignature TimeSignature, RatingChoice Choice)
{
    /// <summary>What A won: 1, 0, or a half where neither was better.</summary>
    public double Won => Choice switch { RatingChoice.A => 1, RatingChoice.B => 0, _ => 0.5 };
}
