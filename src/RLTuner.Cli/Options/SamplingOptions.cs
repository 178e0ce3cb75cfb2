using System.CommandLine;
using System.CommandLine.Parsing;
using RLTuner.Composing;

namespace RLTuner.Cli.Options;

/// <summary>How a net's expectations become a melody.</summary>
internal sealed class SamplingOptions
{
    private readonly Option<double> _temperature = Make.Number(
        "--temperature", "How daring the melodies are: below 1 safer, above 1 wilder.", 1.0, min: 0, max: 1e6, minIsOutside: true);

    private readonly Option<int?> _topK = Make.NumberOrNone<int>("--top-k", "At each step, choose among the N likeliest events only: no odd notes.", min: 1, max: 130);
    private readonly Option<double> _topP = Make.Number(
        "--top-p", "At each step, choose among the likeliest events that together have this probability: strict where the net is sure, free where it is not.", 1.0, min: 0, max: 1,
        minIsOutside: true);

    private readonly Option<bool> _mostProbable = Make.Switch("--most-probable", "Always take the likeliest event: the one melody that the net is surest of step by step.");
    private readonly Option<int> _beamSize = Make.Number(
        "--beam-size", "Let N melodies grow side by side and keep the likeliest as a whole (beam search, as Magenta's).", 1, min: 1, Beam.MaxBranches);

    private readonly Option<int> _branchFactor = Make.Number("--branch-factor", "In how many ways each of these melodies is tried further.", 1, min: 1, Beam.MaxBranches);
    private readonly Option<int> _stepsPerIteration = Make.Number(
        "--steps-per-iteration", "After how many sixteenths the likeliest are kept; 16 compares bar by bar in 4/4.", 1, min: 1, Limits.Length);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_temperature, _topK, _topP, _mostProbable, _beamSize, _branchFactor, _stepsPerIteration])
        {
            command.Options.Add(option);
        }
    }

    public Sampling SamplingOf(ParseResult parsed) => Limits.Checked(() => new Sampling
    {
        Temperature = parsed.GetValue(_temperature),
        TopK = parsed.GetValue(_topK),
        TopP = parsed.GetValue(_topP),
        MostProbable = parsed.GetValue(_mostProbable),
    }.Validated());

    /// <summary>The beam; null where none is asked for.</summary>
    public Beam? BeamOf(ParseResult parsed)
    {
        Option? asked = new Option[] { _beamSize, _branchFactor, _stepsPerIteration }.FirstOrDefault(option => parsed.GetResult(option) is OptionResult { Implicit: false });
        return asked is null ? null
            : parsed.GetValue(_mostProbable) ? throw new UsageException($"--most-probable: expected no {asked.Name} beside it, found one (all melodies of the beam would be the same)")
            : Limits.Checked(() => new Beam(parsed.GetValue(_beamSize), parsed.GetValue(_branchFactor), parsed.GetValue(_stepsPerIteration)).Validated());
    }
}
