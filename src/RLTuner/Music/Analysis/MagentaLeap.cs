namespace RLTuner.Music.Analysis;

/// <summary>The leap that the original program believes to be open. The default value is its state before the first note.</summary>
/// <param name="Direction">1 after a leap up, -1 after a leap down, 0 without one.</param>
/// <param name="From">The class from which it leapt; meaningful where there is a direction.</param>
/// <param name="StepsSince">Steps since the last leap, whatever its direction.</param>
internal readonly record struct MagentaLeap(int Direction, int From, int StepsSince)
{
    /// <summary>Its resolution by a leap back counts only after more steps than this.</summary>
    private const int SlowReturn = 6;

    /// <summary>What the next class does, and the state after it.</summary>
    /// <param name="latestNote">The latest class other than 0 and 1, or <see cref="MagentaReading.NoNote"/>.</param>
    /// <param name="next">The next class; not the melody's first, which the original leaves out.</param>
    public (LeapOutcome Outcome, MagentaLeap After) Judge(int latestNote, int next)
    {
        if (next is MagentaReading.NoteOff or MagentaReading.NoEvent)
        {
            return (LeapOutcome.None, this with { StepsSince = StepsSince + 1 });
        }

        return MagentaInterval.Between(latestNote, next).IsLeap ? JudgeLeap(latestNote, next) : JudgeSmallMotion(next);
    }

    private (LeapOutcome Outcome, MagentaLeap After) JudgeLeap(int latestNote, int next)
    {
        int direction = next > latestNote ? 1 : -1;
        return Direction == 0 ? (LeapOutcome.Leapt, new MagentaLeap(direction, latestNote, 0))
            : Direction == direction ? (LeapOutcome.Doubled, this with { StepsSince = 0 })
            : (StepsSince > SlowReturn ? LeapOutcome.Resolved : LeapOutcome.None, default);
    }

    private (LeapOutcome Outcome, MagentaLeap After) JudgeSmallMotion(int next)
    {
        bool returned = (Direction > 0 && next <= From) || (Direction < 0 && next >= From);
        return returned
            ? (LeapOutcome.Resolved, new MagentaLeap(0, 0, StepsSince + 1))
            : (LeapOutcome.None, this with { StepsSince = StepsSince + 1 });
    }
}
