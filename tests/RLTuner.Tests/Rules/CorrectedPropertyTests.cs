using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.Music;

namespace RLTuner.Tests.Rules;

/// <summary>What holds for every rule and melody.</summary>
public sealed class CorrectedPropertyTests
{
    private static readonly RewardMode[] Modes = [RewardMode.MusicTheoryAll, RewardMode.Scale, RewardMode.Key, RewardMode.NonRepeating];

    [Fact]
    public void Scoring_twice_gives_the_same_twice_and_explaining_changes_nothing()
    {
        RandomSource random = new(5, "pure");
        for (int i = 0; i < 300; i++)
        {
            foreach (RewardMode mode in Modes)
            {
                Key key = new(random.Next(12), Mode.Major);
                MelodySoFar melody = new(MelodyEncoding.Default, 40, TimeSignature.CommonTime);
                AssertPure(RulePresets.Of(RuleSetName.Theory, mode, key), melody, RandomMelody.Of(40, melody.Encoding, 16, random), random);
                melody.Start(MelodyEvent.Hold);
                AssertPure(RulePresets.Of(RuleSetName.Magenta, mode, Key.CMajor), melody, RandomMelody.Of(40, melody.Encoding, 16, random), random);
            }
        }
    }

    [Fact]
    public void Moving_melody_and_key_together_changes_no_score()
    {
        RandomSource random = new(6, "transposing");
        MelodyEncoding encoding = new(new Pitch(0), 130);
        for (int i = 0; i < 500; i++)
        {
            Mode mode = Mode.Known[random.Next(Mode.Known.Length)];
            int tonic = random.Next(12);
            int shift = random.Next(25) - 12;
            TimeSignature metre = RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)];
            MelodyEvent[] events = RandomMelody.Of(64, MelodyEncoding.Default, metre.StepsPerBar(), random);
            MelodyEvent[] moved = [.. events.Select(e => e.StartsNote ? MelodyEvent.NoteOn(e.Pitch + new Interval(shift)) : e)];
            foreach (RewardMode reward in Modes)
            {
                List<double[]> here = ScoresOf(RulePresets.Of(RuleSetName.Theory, reward, new Key(tonic, mode)), new(encoding, 64, metre), events);
                List<double[]> there = ScoresOf(RulePresets.Of(RuleSetName.Theory, reward, new Key((tonic + shift + 12) % 12, mode)), new(encoding, 64, metre), moved);
                Assert.Equal(here, there);
            }
        }
    }

    [Fact]
    public void Every_penalty_and_reward_of_the_nine_rules_is_explained()
    {
        RandomSource random = new(8, "explaining");
        HashSet<string> explained = [];
        foreach (RuleSet rules in new[] { RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor), RulePresets.Of(RuleSetName.Magenta, RewardMode.MusicTheoryAll, Key.CMajor) })
        {
            for (int i = 0; i < 200; i++)
            {
                MelodySoFar melody = new(MelodyEncoding.Default, 32, TimeSignature.CommonTime);
                foreach (MelodyEvent next in RandomMelody.Of(32, melody.Encoding, 16, random))
                {
                    foreach (WeightedRule entry in rules.Rules)
                    {
                        string sentence = entry.Rule.Explain(melody, next);
                        if (entry.Rule.Score(melody, next) != 0)
                        {
                            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
                            explained.Add(entry.Rule.Name);
                        }
                    }

                    melody.Append(next);
                }
            }
        }

        Assert.Equal(9, explained.Count);
    }

    private static void AssertPure(RuleSet rules, MelodySoFar melody, MelodyEvent[] events, RandomSource random)
    {
        double[] first = new double[rules.Rules.Length];
        double[] second = new double[rules.Rules.Length];
        foreach (MelodyEvent next in events)
        {
            double total = rules.Score(melody, next, first);
            MelodyEvent other = melody.Encoding.EventOf(random.Next(melody.Encoding.ClassCount));
            rules.Score(melody, other, second);
            foreach (WeightedRule entry in rules.Rules)
            {
                _ = entry.Rule.Explain(melody, next);
            }

            Assert.Equal(total, rules.Score(melody, next, second));
            Assert.Equal(first, second);
            melody.Append(next);
        }
    }

    private static List<double[]> ScoresOf(RuleSet rules, MelodySoFar melody, MelodyEvent[] events)
    {
        List<double[]> scores = [];
        foreach (MelodyEvent next in events)
        {
            double[] each = new double[rules.Rules.Length];
            rules.Score(melody, next, each);
            scores.Add(each);
            melody.Append(next);
        }

        return scores;
    }
}
