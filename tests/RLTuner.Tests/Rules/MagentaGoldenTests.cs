using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Tests.Rules;

/// <summary>The Magenta-compatible rules against the original's own functions, step by step.</summary>
public sealed class MagentaGoldenTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Rules_match_Magenta()
    {
        RuleSet rules = RulePresets.Of(RuleSetName.Magenta, RewardMode.MusicTheoryOnly, Key.CMajor);
        double[] each = new double[rules.Rules.Length];
        int compared = 0;
        double worst = 0;
        ForEachStep((golden, before, next, step) =>
        {
            double total = rules.Score(before, next, each);
            for (int rule = 0; rule < each.Length; rule++)
            {
                double difference = Math.Abs(each[rule] - golden.Rules[step][rule]);
                worst = Math.Max(worst, difference);
                Assert.True(
                    difference <= Tolerance,
                    $"{golden.Kind} step {step} {rules.Rules[rule].Rule.Name}: expected {golden.Rules[step][rule]}, found {each[rule]}");
            }

            Assert.Equal(golden.Total[step], total, Tolerance);
            compared++;
        });
        Assert.True(compared > 3000, $"compared {compared} steps only");
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} steps of nine rules, worst difference {worst:g2}");
    }

    [Fact]
    public void Other_reward_modes_match_Magenta() => ForEachStep((golden, before, next, step) =>
    {
        Assert.Equal(golden.Scale[step], Single(RewardMode.Scale, before, next), Tolerance);
        Assert.Equal(golden.KeyDistribute[step], Single(RewardMode.Key, before, next), Tolerance);
        if (golden.NonRepeating[step] is double nonRepeating)
        {
            Assert.Equal(nonRepeating, Single(RewardMode.NonRepeating, before, next), Tolerance);
        }
    });

    [Fact]
    public void Facts_match_Magenta() => ForEachStep((golden, before, next, step) =>
    {
        MagentaReading reading = before.Magenta;
        int played = before.Encoding.ClassOf(next);
        Assert.Equal(golden.Repeating[step] == 1, reading.IsExcessive(played));
        int distinct = reading.DistinctNotesInMotif(played);
        Assert.Equal(golden.Motif[step][0] == 1, distinct >= 3);
        if (distinct >= 3)
        {
            Assert.Equal(golden.Motif[step][1], distinct);
            Assert.Equal(golden.RepeatedMotif[step] != 0, reading.MotifCameBefore(played));
        }

        Assert.Equal(golden.Interval[step], CodeOf(reading.IntervalTo(played)));
        Assert.Equal(
            golden.Leap[step],
            reading.JudgeLeap(played) switch { LeapOutcome.Resolved => 1, LeapOutcome.Doubled => -1, _ => 0 });
    });

    [Fact]
    public void State_after_each_step_matches_Magenta() => ForEachStep(
        (_, _, _, _) => { },
        (golden, after, step) =>
        {
            MagentaLeap leap = after.Magenta.Leap;
            Assert.Equal(golden.Direction[step], leap.Direction);
            Assert.Equal(golden.LeaptFrom[step], leap.Direction == 0 ? null : leap.From);
            Assert.Equal(golden.StepsSinceLeap[step], leap.StepsSince);
            for (int lag = 1; lag <= Autocorrelation.MaxLag; lag++)
            {
                double found = after.Magenta.Autocorrelation.At(lag).Value;
                Assert.Equal(golden.Autocorr[step][lag - 1] ?? double.NaN, found, 1e-9);
            }

            if (step == golden.Length - 1)
            {
                Assert.Equal(golden.HighUnique, after.Magenta.Classes.HighestCount == 1);
                Assert.Equal(golden.LowUnique, after.Magenta.Notes.LowestCount == 1);
            }
        });

    private static double Single(RewardMode mode, MelodySoFar before, MelodyEvent next) =>
        RulePresets.Of(RuleSetName.Magenta, mode, Key.CMajor).Score(before, next, new double[1]);

    /// <summary>The original's number for an interval: distances as they are, negative codes for the rest.</summary>
    private static double CodeOf(MagentaInterval interval) => interval.Kind switch
    {
        MagentaIntervalKind.None => 0,
        MagentaIntervalKind.Rest => -1,
        MagentaIntervalKind.SpecialRest => -2,
        MagentaIntervalKind.Hold => -1.5,
        MagentaIntervalKind.SpecialHold => -2.5,
        MagentaIntervalKind.InKeyThird => -3,
        MagentaIntervalKind.InKeyFifth => -5,
        _ => interval.Semitones,
    };

    private static void ForEachStep(
        Action<GoldenComposition, MelodySoFar, MelodyEvent, int> judge,
        Action<GoldenComposition, MelodySoFar, int>? played = null)
    {
        foreach (GoldenComposition golden in GoldenRewards.Read())
        {
            MelodySoFar melody = new(MelodyEncoding.Default, golden.Length, TimeSignature.CommonTime);
            melody.Start(melody.Encoding.EventOf(golden.Prime));
            for (int step = 0; step < golden.Notes.Length; step++)
            {
                MelodyEvent next = melody.Encoding.EventOf(golden.Notes[step]);
                judge(golden, melody, next, step);
                melody.Append(next);
                played?.Invoke(golden, melody, step);
            }
        }
    }
}
