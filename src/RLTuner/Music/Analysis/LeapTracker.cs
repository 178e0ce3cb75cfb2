namespace RLTuner.Music.Analysis;

/// <summary>What an attack does to the leap before it.</summary>
public enum LeapOutcome
{
    /// <summary>No leap was waiting, or this motion leaves it open.</summary>
    None,

    /// <summary>A leap where none was waiting: it starts to wait.</summary>
    Leapt,

    /// <summary>A leap the other way: the waiting one is given up for it.</summary>
    LeaptBack,

    /// <summary>Motion back by less than a leap: the waiting leap is resolved.</summary>
    Resolved,

    /// <summary>A second leap in the same direction.</summary>
    Doubled,
}

/// <summary>The leap that waits to be resolved: after a leap a melody turns back by smaller motion. The default value is none.</summary>
public readonly record struct LeapTracker
{
    /// <summary>The smallest leap in semitones: a fifth.</summary>
    public const int SmallestLeap = 7;

    private readonly int _stepAfterResolution;

    private LeapTracker(int direction, int stepAfterResolution) => (Direction, _stepAfterResolution) = (direction, stepAfterResolution);

    /// <summary>1 while a leap up waits, -1 while a leap down waits, else 0.</summary>
    public int Direction { get; }

    /// <summary>The step of the latest resolution; -1 where there was none.</summary>
    public int LatestResolution => _stepAfterResolution - 1;

    /// <summary>What moving by an interval does.</summary>
    public LeapOutcome Judge(Interval motion)
    {
        bool back = Direction != 0 && Math.Sign(motion.Semitones) == -Direction;
        return motion.Size >= SmallestLeap
            ? (back ? LeapOutcome.LeaptBack : Direction != 0 ? LeapOutcome.Doubled : LeapOutcome.Leapt)
            : back ? LeapOutcome.Resolved : LeapOutcome.None;
    }

    /// <summary>The state after moving by an interval.</summary>
    /// <param name="motion">From the latest attack to this one.</param>
    /// <param name="step">The step of the attack.</param>
    public LeapTracker With(Interval motion, int step) => Judge(motion) switch
    {
        LeapOutcome.Leapt or LeapOutcome.LeaptBack or LeapOutcome.Doubled => new LeapTracker(Math.Sign(motion.Semitones), _stepAfterResolution),
        LeapOutcome.Resolved => new LeapTracker(0, step + 1),
        _ => this,
    };
}
