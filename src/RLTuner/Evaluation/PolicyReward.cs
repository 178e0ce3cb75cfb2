using System.Collections.Immutable;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Rewards;

namespace RLTuner.Evaluation;

/// <summary>What melodies earn, rule by rule, and how far the policy that played them has gone from the Note RNN.</summary>
public sealed class PolicyReward
{
    private readonly RuleRatios[] _rules;
    private readonly HeardMelody[] _melodies;
    private readonly bool _hasPolicy;

    private PolicyReward(HeardMelody[] melodies, RuleRatios[] rules, int distinct, bool hasPolicy)
    {
        _melodies = melodies;
        _rules = rules;
        _hasPolicy = hasPolicy;
        Theory = melodies.Average(melody => melody.Theory);
        NoteRnn = melodies.Average(melody => melody.NoteRnn);
        LastTheory = melodies.Average(melody => melody.LastTheory);
        LastNoteRnn = melodies.Average(melody => melody.LastNoteRnn);
        Distinct = (double)distinct / melodies.Length;
        Divergence = hasPolicy ? RatioSum.Of(melodies, melody => (melody.Divergence, melody.Steps)) : new(double.NaN, double.NaN);
        Entropy = hasPolicy ? RatioSum.Of(melodies, melody => (melody.Entropy, melody.Steps)) : new(double.NaN, double.NaN);
    }

    /// <summary>How many melodies.</summary>
    public int Melodies => _melodies.Length;

    /// <summary>Mean over melodies of the sum of the theory reward, weighted by the rules' weights, not scaled.</summary>
    public double Theory { get; }

    /// <summary>Mean over melodies of the sum of log p under the Note RNN, in nats.</summary>
    public double NoteRnn { get; }

    /// <summary>Mean theory reward of the last step alone: all that the original's evaluation keeps.</summary>
    public double LastTheory { get; }

    /// <summary>Mean log p of the last step alone.</summary>
    public double LastNoteRnn { get; }

    /// <summary>The rules' ledgers over all steps of all melodies, weighted, not scaled.</summary>
    public ImmutableArray<RuleLedger> Rules => [.. _rules.Select(rule => rule.Ledger)];

    /// <summary>Different melodies (by their events), of all.</summary>
    public double Distinct { get; }

    /// <summary>Mean over steps of the Kullback-Leibler divergence of the policy from the Note RNN, in nats; not a number where no policy was given.</summary>
    public Estimate Divergence { get; }

    /// <summary>Mean over steps of the policy's entropy, in nats; not a number where no policy was given.</summary>
    public Estimate Entropy { get; }

    /// <summary>What the rules made of a melody, as figures with 95 % intervals.</summary>
    public ImmutableArray<RuleFigures> RuleFigures => [.. _rules.Select(rule => rule.Figures)];

    /// <summary>The rest as figures with 95 % intervals; docs/metrics.md defines each. Those of the policy only where one was given.</summary>
    public ImmutableArray<Figure> Figures =>
    [
        TheoryReward.Measured(Mean((theory, _) => theory)),
        LogProbability.Measured(Mean((_, noteRnn) => noteRnn)),
        .. _hasPolicy ? (Figure[])[KlFromNoteRnn.Measured(Divergence), PolicyEntropy.Measured(Entropy)] : [],
    ];

    /// <summary>What the figures are, without values.</summary>
    internal static ImmutableArray<Figure> Described => [TheoryReward, LogProbability, KlFromNoteRnn, PolicyEntropy];

    private static Figure TheoryReward { get; } =
        new("theory_reward", double.NaN, FigureUnit.PerMelody, "mean over melodies of the sum of the rules' weighted scores, not scaled");

    private static Figure LogProbability { get; } =
        new("note_rnn_log_probability", double.NaN, FigureUnit.PerMelody, "mean over melodies of log p under the Note RNN, in nats");

    private static Figure KlFromNoteRnn { get; } =
        new("kl_from_note_rnn", double.NaN, FigureUnit.Nats, "mean over steps of the policy's divergence from the Note RNN, in nats");

    private static Figure PolicyEntropy { get; } =
        new("policy_entropy", double.NaN, FigureUnit.Nats, "mean over steps of the policy's entropy, in nats");

    /// <summary>Scores melodies.</summary>
    /// <param name="compositions">At least one melody, none empty.</param>
    /// <param name="reward">Whose rules score them.</param>
    /// <param name="noteRnn">Whose log p is taken.</param>
    /// <param name="timeSignature">The metre that rules assume.</param>
    /// <param name="policy">Who played them, where divergence and entropy are wanted; it reads them again.</param>
    /// <param name="threads">How many threads read; what is found is the same.</param>
    /// <exception cref="ArgumentException">There is no melody, or one without events, or the two policies differ in their encodings.</exception>
    public static PolicyReward Of(
        IReadOnlyList<Composition> compositions,
        Reward reward,
        IPolicy noteRnn,
        TimeSignature timeSignature,
        IPolicy? policy = null,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(noteRnn);
        if (compositions.Count == 0 || compositions.Any(composition => composition.Melody.Events.IsEmpty))
        {
            throw new ArgumentException("expected at least one melody and none without events", nameof(compositions));
        }

        HeardMelody[] heard = new HeardMelody[compositions.Count];
        Rereading.Read(
            compositions,
            noteRnn,
            policy,
            (composition, _, played, logits, others) => heard[composition].Hear(played, logits, others),
            threads);
        RuleRatios[] ratios = [.. reward.Rules.Rules.Select(entry => new RuleRatios(entry.Rule.Name))];
        HashSet<string> distinct = [];
        RuleSums ofMelody = new(reward.Rules);
        for (int i = 0; i < compositions.Count; i++)
        {
            Melody melody = compositions[i].Melody;
            int index = i;
            ofMelody.Clear();
            reward.ForEachEvent(compositions[i], noteRnn.Encoding, timeSignature, (theory, each) =>
            {
                heard[index].Score(theory);
                ofMelody.Add(each);
            });
            foreach ((RuleRatios rule, RuleLedger ledger) in ratios.Zip(ofMelody.ToLedgers()))
            {
                rule.Add(ledger, melody.Events.Length);
            }

            distinct.Add(MelodyTally.Fingerprint(melody));
        }

        return new PolicyReward(heard, ratios, distinct.Count, policy is not null);
    }

    /// <summary>The mean over melodies of something made of their rewards, with its standard error.</summary>
    /// <param name="mix">Takes a melody's theory reward and its log p.</param>
    public Estimate Mean(Func<double, double, double> mix)
    {
        ArgumentNullException.ThrowIfNull(mix);
        return RatioSum.Of(_melodies, melody => (mix(melody.Theory, melody.NoteRnn), 1));
    }

    /// <summary>What rules and nets made of one melody.</summary>
    private struct HeardMelody
    {
        public int Steps { get; private set; }

        public double Theory { get; private set; }

        public double NoteRnn { get; private set; }

        public double LastTheory { get; private set; }

        public double LastNoteRnn { get; private set; }

        public double Divergence { get; private set; }

        public double Entropy { get; private set; }

        public void Hear(int played, ReadOnlySpan<float> noteRnn, ReadOnlySpan<float> policy)
        {
            Steps++;
            LastNoteRnn = Softmax.LogProbability(noteRnn, played);
            NoteRnn += LastNoteRnn;
            if (!policy.IsEmpty)
            {
                (double divergence, double entropy) = Numerics.Divergence.Of(policy, noteRnn);
                Divergence += divergence;
                Entropy += entropy;
            }
        }

        public void Score(double theory)
        {
            LastTheory = theory;
            Theory += theory;
        }
    }
}
