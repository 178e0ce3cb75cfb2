using System.CommandLine;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>How many melodies a net composes, how long, and from which seed.</summary>
internal sealed class ComposingOptions(int count)
{
    private const int UsualLength = 32;

    private readonly Option<int> _count = Make.Number("--count", "How many melodies the net composes.", count, min: 1, Limits.Count);
    private readonly Option<int?> _length = Make.NumberOrNone<int>(
        "--num-notes-in-melody", $"Events in a melody, a sixteenth each [default: as in the run, else {UsualLength}].", min: 1, Limits.Length);

    private readonly Option<ulong> _seed = Make.Number("--seed", "One seed gives the same melodies.", 1ul);

    public void AddTo(Command command)
    {
        command.Options.Add(_count);
        command.Options.Add(_length);
        command.Options.Add(_seed);
    }

    /// <summary>How many are asked for.</summary>
    public int Count(ParseResult parsed) => parsed.GetValue(_count);

    /// <summary>How many are asked for; another number than usual where nobody says.</summary>
    public int Count(ParseResult parsed, int unlessGiven) => parsed.GetResult(_count) is { Implicit: false } ? Count(parsed) : unlessGiven;

    public int Length(ParseResult parsed, RunPlan? run) => parsed.GetValue(_length) ?? run?.NumNotesInMelody ?? UsualLength;

    public ulong Seed(ParseResult parsed) => parsed.GetValue(_seed);
}
