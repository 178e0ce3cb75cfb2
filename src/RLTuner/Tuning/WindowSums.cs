using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Rewards;

namespace RLTuner.Tuning;

/// <summary>Adds up what happens between two reports, without allocating.</summary>
internal sealed class WindowSums(Reward reward) : IStepSink
{
    private readonly RuleSums _rules = new(reward.Rules);
    private double _total, _theory, _noteRnn;

    /// <summary>Notes since the last report.</summary>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public void Played(double reward, double theory, double noteRnn, ReadOnlySpan<double> rules)
    {
        Steps++;
        _total += reward;
        _theory += theory;
        _noteRnn += noteRnn;
        _rules.Add(rules);
    }

    /// <summary>The window, as it is reported.</summary>
    public TuningWindow ToWindow(long step, PolicyReward evaluation, ImmutableArray<Diagnostic> learner, Quirks quirks, bool finished)
    {
        Estimate total = evaluation.Mean(reward.Of);
        Estimate theory = evaluation.Mean((theory, _) => reward.TheoryScale * theory), noteRnn = evaluation.Mean((_, noteRnn) => noteRnn);
        return new TuningWindow
        {
            Step = step,
            Steps = Steps,
            Train = new(_total, reward.TheoryScale * _theory, _noteRnn),
            Rules = _rules.ToLedgers(reward.TheoryScale),
            Evaluation = new(total.Value, theory.Value, noteRnn.Value),
            EvaluationError = new(total.StandardError, theory.StandardError, noteRnn.StandardError),
            EvaluationMelodies = evaluation.Melodies,
            LastStepEvaluation = quirks.Has(Quirks.ReportsLastStep)
                ? new(reward.Of(evaluation.LastTheory, evaluation.LastNoteRnn), reward.TheoryScale * evaluation.LastTheory, evaluation.LastNoteRnn)
                : null,
            Policy = new(evaluation.Divergence.Value, evaluation.Entropy.Value, evaluation.Distinct),
            Learner = learner,
            Finished = finished,
        };
    }

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter section)
    {
        section.Write(Steps);
        section.Write(_total);
        section.Write(_theory);
        section.Write(_noteRnn);
        _rules.Save(section);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader section)
    {
        Steps = section.ReadInt64();
        (_total, _theory, _noteRnn) = (section.ReadDouble(), section.ReadDouble(), section.ReadDouble());
        _rules.Restore(section);
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Steps = 0;
        _total = _theory = _noteRnn = 0;
        _rules.Clear();
    }
}
