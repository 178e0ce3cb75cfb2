using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Music;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>How many melodies a net composes, how long, and from which seed.</summary>
internal sealed partial class ComposingOptions(int count)
{
    private const int UsualLength = 32;

    private readonly Option<int> _count = Make.Number("--count", "How many melodies the net composes.", count, min: 1, Limits.Count);
    private readonly Option<int?> _notes = Make.NumberOrNone<int>("--num-notes-in-melody", "The length in sixteenths, as the original calls it.", min: 1, Limits.Length);
    private readonly Option<string?> _length = new("--length")
    {
        Description = $"How long a melody is, in bars or sixteenths: 8bars, '8 bars', 128 [default: as in the run, else {UsualLength}].",
        HelpName = "LENGTH",
    };

    private readonly Option<ulong> _seed = Make.Number("--seed", "One seed gives the same melodies.", 1ul);

    public void AddTo(Command command)
    {
        command.Options.Add(_count);
        command.Options.Add(_length);
        command.Options.Add(_notes);
        command.Options.Add(_seed);
    }

    /// <summary>How many are asked for.</summary>
    public int Count(ParseResult parsed) => parsed.GetValue(_count);

    /// <summary>How many are asked for; another number than usual where nobody says.</summary>
    public int Count(ParseResult parsed, int unlessGiven) => parsed.GetResult(_count) is { Implicit: false } ? Count(parsed) : unlessGiven;

    /// <summary>How many events a melody has.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="run">The run that says it where nobody does.</param>
    /// <param name="metre">How long bars are.</param>
    public int Length(ParseResult parsed, RunPlan? run, TimeSignature metre)
    {
        if (parsed.GetValue(_length) is not string text)
        {
            return parsed.GetValue(_notes) ?? run?.NumNotesInMelody ?? UsualLength;
        }

        if (parsed.GetResult(_notes) is OptionResult { Implicit: false })
        {
            throw new UsageException("--length: expected no --num-notes-in-melody beside it, found one. Leave one of them out.");
        }

        Match match = LengthText().Match(text);
        long unit = match.Groups["bars"].Success ? metre.StepsPerBar() : 1;
        return match.Success && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number * unit is >= 1 and <= Limits.Length
            ? (int)(number * unit)
            : throw new UsageException($"--length: expected bars such as 8bars, or sixteenths such as 128, from 1 to {Limits.Length} in all, found '{text}'");
    }

    public ulong Seed(ParseResult parsed) => parsed.GetValue(_seed);

    [GeneratedRegex(@"^\s*(?<number>\d+)\s*((?<bars>bars?)|steps?)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex LengthText();
}
