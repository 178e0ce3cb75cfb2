using System.Collections.Immutable;
using RLTuner.Rules;

namespace RLTuner.Evaluation;

/// <summary>What a rule made of a number of notes.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Reward">The sum of its scores, weighted, and scaled where the rewards beside it are.</param>
/// <param name="Fired">Notes that it gave a score other than 0; with weight 0 it never does.</param>
/// <param name="Violated">Notes that it gave a score below 0.</param>
public readonly record struct RuleLedger(string Name, double Reward, long Fired, long Violated);

/// <summary>Keeps the ledger of each rule, note by note, without allocating.</summary>
internal sealed class RuleSums(RuleSet rules)
{
    private readonly double[] _reward = new double[rules.Rules.Length];
    private readonly long[] _fired = new long[rules.Rules.Length], _violated = new long[rules.Rules.Length];

    /// <summary>Adds a note.</summary>
    /// <param name="scores">The weighted score of each rule.</param>
    public void Add(ReadOnlySpan<double> scores)
    {
        double[] reward = _reward;
        long[] fired = _fired, violated = _violated;
        for (int i = 0; i < scores.Length; i++)
        {
            double score = scores[i];
            reward[i] += score;
            fired[i] += score != 0 ? 1 : 0;
            violated[i] += score < 0 ? 1 : 0;
        }
    }

    /// <summary>The ledgers so far.</summary>
    /// <param name="scale">Factor on each reward.</param>
    public ImmutableArray<RuleLedger> ToLedgers(double scale = 1) =>
        [.. rules.Rules.Select((entry, i) => new RuleLedger(entry.Rule.Name, scale * _reward[i], _fired[i], _violated[i]))];

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter writer)
    {
        for (int i = 0; i < _reward.Length; i++)
        {
            writer.Write(_reward[i]);
            writer.Write(_fired[i]);
            writer.Write(_violated[i]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, of as many rules.</summary>
    public void Restore(BinaryReader reader)
    {
        for (int i = 0; i < _reward.Length; i++)
        {
            (_reward[i], _fired[i], _violated[i]) = (reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt64());
        }
    }

    public void Clear()
    {
        Array.Clear(_reward);
        Array.Clear(_fired);
        Array.Clear(_violated);
    }
}
