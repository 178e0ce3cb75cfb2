using System.Diagnostics;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.Music;

namespace RLTuner.Tests.Rules;

/// <summary>The tuning loop scores millions of steps.</summary>
[Collection(nameof(RuleSpeedTests))]
public sealed class RuleSpeedTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scoring_and_playing_a_step_is_fast_and_allocates_nothing(bool corrected)
    {
        RuleSet rules = corrected
            ? RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor)
            : RulePresets.Of(RuleSetName.Magenta, RewardMode.MusicTheoryAll, Key.CMajor);
        RandomSource random = new(1, "speed");
        MelodyEvent[][] melodies = [.. Enumerable.Range(0, 64).Select(_ => RandomMelody.Of(32, MelodyEncoding.Default, 16, random))];
        MelodySoFar melody = new(MelodyEncoding.Default, 32, TimeSignature.CommonTime);
        double[] each = new double[rules.Rules.Length];
        double sum = Play(rules, melody, melodies, each, 1);

        // The best of several, so that the compiler's warming up and other work on the machine don't count.
        const int Rounds = 30;
        double nanoseconds = double.MaxValue;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int attempt = 0; attempt < 6; attempt++)
        {
            long started = Stopwatch.GetTimestamp();
            sum += Play(rules, melody, melodies, each, Rounds);
            nanoseconds = Math.Min(nanoseconds, Stopwatch.GetElapsedTime(started).TotalNanoseconds / (Rounds * 64 * 32));
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        TestContext.Current.TestOutputHelper?.WriteLine($"{(corrected ? "corrected" : "Magenta")}: {nanoseconds:f0} ns a step ({sum:g3})");
        Assert.Equal(0, allocated);

        // Ten times the target, since test machines are shared and debug builds slow.
        Assert.True(nanoseconds < 10_000, $"{nanoseconds:f0} ns a step");
    }

    private static double Play(RuleSet rules, MelodySoFar melody, MelodyEvent[][] melodies, double[] each, int rounds)
    {
        double sum = 0;
        for (int round = 0; round < rounds; round++)
        {
            foreach (MelodyEvent[] events in melodies)
            {
                melody.Start(MelodyEvent.Hold);
                foreach (MelodyEvent next in events)
                {
                    sum += rules.Score(melody, next, each);
                    melody.Append(next);
                }
            }
        }

        return sum;
    }
}

/// <summary>Other tests don't run beside it.</summary>
[CollectionDefinition(nameof(RuleSpeedTests), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
