namespace RLTuner.Evaluation;

/// <summary>What a rule made of melodies.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Reward">What it gave a melody.</param>
/// <param name="Fired">To how many steps it gave a score other than 0.</param>
/// <param name="Violated">To how many steps it gave a score below 0.</param>
public sealed record RuleFigures(string Name, Figure Reward, Figure Fired, Figure Violated)
{
    /// <summary>The figures of a rule, of estimates.</summary>
    internal static RuleFigures Of(string name, Estimate reward, Estimate fired, Estimate violated) => new(
        name,
        Figure.Of($"rule_{name}_reward", reward, FigureUnit.PerMelody, $"mean over melodies of the sum of the weighted scores of '{name}'"),
        Figure.Of($"rule_{name}_fired", fired, FigureUnit.Share, $"steps to which '{name}' gave a score other than 0, of all"),
        Figure.Of($"rule_{name}_violated", violated, FigureUnit.Share, $"steps to which '{name}' gave a score below 0, of all"));
}

/// <summary>One rule's figures, added up melody by melody.</summary>
internal sealed class RuleRatios(string name)
{
    private RatioSum _reward, _fired, _violated;

    public RuleLedger Ledger => new(name, _reward.Part, (long)_fired.Part, (long)_violated.Part);

    public RuleFigures Figures => RuleFigures.Of(name, _reward.ToEstimate(), _fired.ToEstimate(), _violated.ToEstimate());

    public void Add(RuleLedger ofMelody, int steps)
    {
        _reward.Add(ofMelody.Reward, 1);
        _fired.Add(ofMelody.Fired, steps);
        _violated.Add(ofMelody.Violated, steps);
    }
}
