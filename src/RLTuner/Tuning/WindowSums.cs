using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Rules;

namespace RLTuner.Tuning;

/// <summary>Adds up what happens between two reports, without allocating.</summary>
internal sealed class WindowSums(RuleSet rules, double rewardScaler)
{
    private readonly RuleSums _rules = new(rules);
    private double _total, _theory, _noteRnn, _loss, _target;
    private float _lowestTarget = float.PositiveInfinity, _highestTarget = float.NegativeInfinity;
    private long _updates, _targets;

    /// <summary>Notes since the last report.</summary>
    public long Steps { get; private set; }

    /// <summary>The rewards of the notes.</summary>
    public RewardSums Train => new(_total, rewardScaler * _theory, _noteRnn);

    /// <summary>The mean loss of the updates; not a number without any.</summary>
    public double Loss => _loss / _updates;

    /// <summary>The targets of the updates; nothing without any.</summary>
    public TargetRange? Targets => _targets == 0 ? null : new(_target / _targets, _lowestTarget, _highestTarget);

    /// <summary>The ledger of each rule.</summary>
    public ImmutableArray<RuleLedger> Rules => _rules.ToLedgers(rewardScaler);

    /// <summary>Adds a note.</summary>
    public void Add(double reward, double theory, double noteRnn, ReadOnlySpan<double> ruleScores)
    {
        Steps++;
        _total += reward;
        _theory += theory;
        _noteRnn += noteRnn;
        _rules.Add(ruleScores);
    }

    /// <summary>Adds an update.</summary>
    /// <param name="loss">Its loss.</param>
    /// <param name="targets">The targets y of its transitions.</param>
    public void AddUpdate(double loss, ReadOnlySpan<float> targets)
    {
        _loss += loss;
        _updates++;
        _targets += targets.Length;
        double sum = 0;
        float lowest = _lowestTarget, highest = _highestTarget;
        foreach (float target in targets)
        {
            sum += target;
            lowest = target < lowest ? target : lowest;
            highest = target > highest ? target : highest;
        }

        _target += sum;
        _lowestTarget = lowest;
        _highestTarget = highest;
    }

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(_total);
        writer.Write(_theory);
        writer.Write(_noteRnn);
        writer.Write(_loss);
        writer.Write(_updates);
        writer.Write(_target);
        writer.Write(_lowestTarget);
        writer.Write(_highestTarget);
        writer.Write(_targets);
        _rules.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader reader)
    {
        Steps = reader.ReadInt64();
        (_total, _theory, _noteRnn) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (_loss, _updates) = (reader.ReadDouble(), reader.ReadInt64());
        (_target, _lowestTarget, _highestTarget, _targets) = (reader.ReadDouble(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadInt64());
        _rules.Restore(reader);
    }

    public void Clear()
    {
        Steps = _updates = _targets = 0;
        _total = _theory = _noteRnn = _loss = _target = 0;
        _lowestTarget = float.PositiveInfinity;
        _highestTarget = float.NegativeInfinity;
        _rules.Clear();
    }
}
