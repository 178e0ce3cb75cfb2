using RLTuner.Music;

namespace RLTuner.NoteRnn.Inputs;

/// <summary>What a net may know before a step of a melody.</summary>
/// <param name="events">What was heard, as class numbers: the primer and the melody so far; empty before the first.</param>
/// <param name="step">Which step of the melody comes next, from 0, a bar line; negative while a primer is heard.</param>
/// <param name="plan">What is settled before a melody begins.</param>
public readonly ref struct HeardSoFar(ReadOnlySpan<int> events, int step, MelodyPlan plan)
{
    /// <summary>What was heard, as class numbers; empty before the first event.</summary>
    public ReadOnlySpan<int> Events { get; } = events;

    /// <summary>Which step of the melody comes next, from 0; negative while a primer is heard.</summary>
    public int Step { get; } = step;

    /// <summary>What is settled before a melody begins.</summary>
    public MelodyPlan Plan { get; } = plan;
}

/// <summary>What is settled before a melody begins.</summary>
/// <param name="StepsPerBar">The length of a bar in steps, at least 1.</param>
/// <param name="Length">The length of the melody in steps; 0 where it is not known.</param>
public readonly record struct MelodyPlan(int StepsPerBar, int Length = 0)
{
    /// <summary>Bars of 4/4, and any length.</summary>
    public static MelodyPlan CommonTime { get; } = new(TimeSignature.CommonTime.StepsPerBar());
}
