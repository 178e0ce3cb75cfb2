using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.Music;

namespace RLTuner.Tests.Rules;

/// <summary>
/// No corrected rule can be farmed: whatever came before, a tail of sustaining, resting or trembling between two pitches, in any
/// rhythm and of any length, earns no more than a bound.
/// </summary>
public sealed class TailTests
{
    private const int Melodies = 600;

    /// <summary>The most that each rule may earn over a tail, summing its positive scores alone; docs/rules.md argues each.</summary>
    private static readonly Dictionary<string, double> Bounds = new()
    {
        [RuleNames.Key] = 0,
        [RuleNames.Tonic] = 15,
        [RuleNames.Repeating] = 0,
        [RuleNames.Motif] = 3.3,
        [RuleNames.RepeatedMotif] = 5,
        [RuleNames.PreferredIntervals] = 1.5,
        [RuleNames.Leap] = 5,
        [RuleNames.HighLowUnique] = 6,
        [RuleNames.Scale] = 1.6,
        [RuleNames.KeyDistribution] = 2.0 / 7,
        [RuleNames.NonRepeating] = .2,
    };

    [Theory]
    [InlineData(RewardMode.MusicTheoryAll)]
    [InlineData(RewardMode.Scale)]
    [InlineData(RewardMode.Key)]
    [InlineData(RewardMode.NonRepeating)]
    public void A_tail_earns_no_more_than_the_rules_bound(RewardMode mode) => ForEachTail(mode, (rules, scores) =>
    {
        for (int rule = 0; rule < rules.Rules.Length; rule++)
        {
            string name = rules.Rules[rule].Rule.Name;
            if (name == RuleNames.Autocorrelation)
            {
                continue;
            }

            double earned = scores.Sum(step => Math.Max(0, step[rule]));
            Assert.True(earned <= Bounds[name] + 1e-9, $"{name} paid {earned} for a tail");
        }
    });

    [Fact]
    public void Variety_is_a_potential_so_its_sum_never_leaves_its_range() => ForEachTail(RewardMode.MusicTheoryAll, (rules, scores) =>
    {
        int variety = rules.Rules.ToList().FindIndex(entry => entry.Rule.Name == RuleNames.Autocorrelation);
        double sum = 0;
        foreach (double[] step in scores)
        {
            sum += step[variety];
            Assert.InRange(sum, -9 - 1e-9, 9 + 1e-9);
        }
    });

    [Fact]
    public void No_weighted_sum_earns_more_than_the_weighted_bounds()
    {
        RandomSource random = new(11, "weights");
        for (int trial = 0; trial < 3; trial++)
        {
            Dictionary<string, double> weights = Bounds.Keys.Append(RuleNames.Autocorrelation).ToDictionary(name => name, _ => 3 * random.NextDouble());
            ForEachTail(RewardMode.MusicTheoryAll, (rules, scores) =>
            {
                double bound = rules.Rules.Sum(entry => weights[entry.Rule.Name] * Bounds.GetValueOrDefault(entry.Rule.Name, 9));
                double sum = 0;
                foreach (double[] step in scores)
                {
                    for (int rule = 0; rule < step.Length; rule++)
                    {
                        sum += weights[rules.Rules[rule].Rule.Name] * step[rule];
                    }

                    Assert.True(sum <= bound + 1e-9, $"{sum} exceeds {bound}");
                }
            });
        }
    }

    /// <summary>Every kind of tail after random melodies; the check gets the weighted scores of each of its steps.</summary>
    private static void ForEachTail(RewardMode mode, Action<RuleSet, List<double[]>> check)
    {
        RandomSource random = new(3, "tails");
        for (int i = 0; i < Melodies; i++)
        {
            MelodyEncoding encoding = RandomMelody.Encodings[random.Next(RandomMelody.Encodings.Length)];
            RuleSet rules = RulePresets.Of(RuleSetName.Theory, mode, new Key(random.Next(12), Mode.Known[random.Next(4)]));
            int prefix = random.Next(60);
            MelodySoFar melody = new(encoding, prefix + random.Next(150), RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)]);
            foreach (MelodyEvent next in RandomMelody.Of(prefix, encoding, melody.StepsPerBar, random))
            {
                melody.Append(next);
            }

            List<double[]> scores = [];
            foreach (MelodyEvent next in Tail(i % 4, 120, encoding, random))
            {
                double[] each = new double[rules.Rules.Length];
                rules.Score(melody, next, each);
                scores.Add(each);
                melody.Append(next);
            }

            check(rules, scores);
        }
    }

    /// <summary>Kinds: sustaining, resting, trembling in any rhythm and order, and a strict trill.</summary>
    private static IEnumerable<MelodyEvent> Tail(int kind, int length, MelodyEncoding encoding, RandomSource random)
    {
        MelodyEvent[] pair = [.. Enumerable.Range(0, 2).Select(_ => encoding.EventOf(2 + random.Next(encoding.ClassCount - 2)))];
        double attacks = random.NextDouble();
        for (int step = 0; step < length; step++)
        {
            yield return kind switch
            {
                0 => MelodyEvent.Hold,
                1 => step == 0 || random.Next(3) == 0 ? MelodyEvent.NoteOff : MelodyEvent.Hold,
                2 => random.NextDouble() < attacks ? pair[random.Next(2)] : random.Next(2) == 0 ? MelodyEvent.Hold : MelodyEvent.NoteOff,
                _ => pair[step % 2],
            };
        }
    }
}
