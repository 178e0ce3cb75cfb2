using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;
using RLTuner.Rules;
using RLTuner.Rules.Musical;

namespace RLTuner.Tests.Rules.Musical;

/// <summary>What holds for every musical rule, melody, key and metre.</summary>
public sealed class MusicalPropertyTests
{
    /// <summary>The most a rule may pay a melody: once, and for each bar.</summary>
    private static readonly Dictionary<string, (double Once, double ABar)> Bounds = new()
    {
        ["key"] = (0, 0),
        ["opening"] = (1, 0),
        ["cadence"] = (6, 0),
        ["breath"] = (0, 0),
        ["metre"] = (0, .75),
        ["lengths"] = (5, 0),
        ["rhythm"] = (.75, .75),
        ["motion"] = (3, 0),
        ["line"] = (0, 2),
        ["arch"] = (1, 0),
        ["motif_returns"] = (3, 3),
        ["loop"] = (0, 0),
    };

    [Fact]
    public void No_melody_earns_more_of_a_rule_than_its_bound() => ForEachMelody((rules, melody, events, _) =>
    {
        double bars = Math.Ceiling((double)events.Length / melody.StepsPerBar);
        double[] earned = new double[rules.Rules.Length], each = new double[rules.Rules.Length];
        foreach (MelodyEvent next in events)
        {
            rules.Score(melody, next, each);
            for (int rule = 0; rule < each.Length; rule++)
            {
                earned[rule] += Math.Max(0, each[rule]);
                Assert.True(each[rule] >= -13, $"{rules.Rules[rule].Rule.Name} takes {each[rule]} at a step");
            }

            melody.Append(next);
        }

        for (int rule = 0; rule < each.Length; rule++)
        {
            string name = rules.Rules[rule].Rule.Name;
            Assert.True(earned[rule] <= Bounds[name].Once + (bars * Bounds[name].ABar) + 1e-9, $"{name} paid {earned[rule]} for {bars} bars");
        }
    });

    [Fact]
    public void Scoring_twice_gives_the_same_twice_and_explaining_changes_nothing() => ForEachMelody((rules, melody, events, random) =>
    {
        double[] first = new double[rules.Rules.Length], second = new double[rules.Rules.Length];
        foreach (MelodyEvent next in events)
        {
            rules.Score(melody, next, first);
            rules.Score(melody, melody.Encoding.EventOf(random.Next(melody.Encoding.ClassCount)), second);
            foreach (WeightedRule entry in rules.Rules)
            {
                bool said = entry.Rule.Explain(melody, next).EndsWith('.');
                Assert.True(said || entry.Rule.Score(melody, next) == 0, $"{entry.Rule.Name} says nothing of {entry.Rule.Score(melody, next)}");
            }

            rules.Score(melody, next, second);
            Assert.Equal(first, second);
            melody.Append(next);
        }
    });

    [Fact]
    public void Facts_asked_for_late_are_the_same() => ForEachMelody((rules, melody, events, random) =>
    {
        double[] now = new double[rules.Rules.Length], late = new double[rules.Rules.Length];
        int asked = random.Next(events.Length);
        foreach (MelodyEvent next in events[..asked])
        {
            melody.Append(next);
        }

        rules.Score(melody, events[asked], late);
        melody.Start(MelodyEvent.Hold);
        foreach (MelodyEvent next in events[..asked])
        {
            rules.Score(melody, next, now);
            melody.Append(next);
        }

        rules.Score(melody, events[asked], now);
        Assert.Equal(now, late);
    });

    [Fact]
    public void Moving_melody_and_key_together_changes_no_score()
    {
        RandomSource random = new(21, "transposing");
        MelodyEncoding encoding = new(new Pitch(0), 130);
        for (int i = 0; i < 300; i++)
        {
            Mode mode = Mode.Known[random.Next(Mode.Known.Length)];
            int tonic = random.Next(12), shift = random.Next(25) - 12;
            TimeSignature metre = RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)];
            MelodyEvent[] events = RandomMelody.Of(64, MelodyEncoding.Default, metre.StepsPerBar(), random);
            MelodyEvent[] moved = [.. events.Select(e => e.StartsNote ? MelodyEvent.NoteOn(e.Pitch + new Interval(shift)) : e)];
            Assert.Equal(
                ScoresOf(MusicalRules.Create(new Key(tonic, mode)), new(encoding, 64, metre), events),
                ScoresOf(MusicalRules.Create(new Key((tonic + shift + 12) % 12, mode)), new(encoding, 64, metre), moved));
        }
    }

    private static double[] ScoresOf(RuleSet rules, MelodySoFar melody, MelodyEvent[] events)
    {
        double[] each = new double[rules.Rules.Length];
        List<double> scores = [];
        foreach (MelodyEvent next in events)
        {
            rules.Score(melody, next, each);
            scores.AddRange(each);
            melody.Append(next);
        }

        return [.. scores];
    }

    /// <summary>In any key, metre and length; some melodies tremble between two pitches, or go on after their planned end.</summary>
    private static void ForEachMelody(Action<RuleSet, MelodySoFar, MelodyEvent[], RandomSource> check)
    {
        RandomSource random = new(20, "musical");
        for (int i = 0; i < 500; i++)
        {
            MelodyEncoding encoding = RandomMelody.Encodings[random.Next(RandomMelody.Encodings.Length)];
            TimeSignature metre = RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)];
            int length = 1 + random.Next(140);
            MelodySoFar melody = new(encoding, Math.Max(1, length - random.Next(3)), metre);
            RuleSet rules = MusicalRules.Create(new Key(random.Next(12), Mode.Known[random.Next(Mode.Known.Length)]));
            check(rules, melody, RandomMelody.Of(length, encoding, melody.StepsPerBar, random), random);
        }
    }
}
