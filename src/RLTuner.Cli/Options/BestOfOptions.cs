using System.CommandLine;
using RLTuner.Composing;
using RLTuner.Evaluation;

namespace RLTuner.Cli.Options;

/// <summary>Whether each melody is the best of several, and by what.</summary>
internal sealed class BestOfOptions
{
    private readonly Option<int> _of = Make.Number("--best-of", "Compose N melodies for each and keep the best; says which and why.", 1, min: 1, Limits.Count);
    private readonly ChoiceOption<BestBy> _by = new(
        "--by",
        "What is best: what the rules reward, what the Note RNN finds likely, or both added up.",
        ("sum", BestBy.Sum), ("rules", BestBy.Rules), ("likelihood", BestBy.Likelihood));

    public void AddTo(Command command)
    {
        command.Options.Add(_of);
        command.Options.Add(_by);
    }

    /// <summary>Of how many melodies the best is kept; 1 where none is chosen.</summary>
    public int Of(ParseResult parsed, Beam? beam, int count)
    {
        int of = parsed.GetValue(_of);
        return parsed.GetResult(_by) is { Implicit: false } && of == 1 ? throw new UsageException("--by: expected --best-of with it, found none (such as --best-of 8)")
            : of > 1 && beam is not null ? throw new UsageException("--best-of: expected no beam search beside it, found one (leave out --best-of, or --beam-size and its kin)")
            : (long)of * count > Limits.Count ? throw new UsageException($"--best-of: expected at most {Limits.Count} melodies in all, found {of} for each of {count}")
            : of;
    }

    public BestBy By(ParseResult parsed) => _by.Read(parsed);
}
