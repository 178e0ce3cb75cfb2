using RLTuner.Rules;

namespace RLTuner.Tuning;

/// <summary>Adds up rewards between two reports.</summary>
internal sealed class WindowSums(RuleSet rules, double rewardScaler)
{
    private readonly double[] _rules = new double[rules.Rules.Length];
    private double _total, _theory, _noteRnn, _loss;
    private long _updates;

    /// <summary>Notes since the last report.</summary>
    public long Steps { get; private set; }

    public void Add(double reward, double theory, double noteRnn, ReadOnlySpan<double> ruleScores)
    {
        Steps++;
        _total += reward;
        _theory += theory;
        _noteRnn += noteRnn;
        for (int i = 0; i < ruleScores.Length; i++)
        {
            _rules[i] += ruleScores[i];
        }
    }

    public void AddLoss(double loss)
    {
        _loss += loss;
        _updates++;
    }

    public TuningWindow Report(long step, RewardSums evaluation, RewardSums? lastStep, double exploration, bool finished) => new(
        step,
        Steps,
        new RewardSums(_total, rewardScaler * _theory, _noteRnn),
        [.. rules.Rules.Select((entry, i) => (entry.Rule.Name, rewardScaler * _rules[i]))],
        evaluation,
        lastStep,
        exploration,
        _loss / _updates,
        finished);

    public void Clear()
    {
        Steps = _updates = 0;
        _total = _theory = _noteRnn = _loss = 0;
        Array.Clear(_rules);
    }
}
