using System.IO.Compression;
using System.Text.Json;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Tests.Rules;

/// <summary>Rules of music theory should like music better than noise.</summary>
public sealed class RulesAndRealTunesTests
{
    private const int Length = 64;

    [Fact]
    public void Irish_tunes_score_above_their_shuffled_notes_and_these_above_noise()
    {
        RandomSource random = new(1, "shuffling");
        RuleSet rules = RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor);
        double real = 0, shuffled = 0, noise = 0;
        foreach ((MelodyEvent[] tune, TimeSignature metre) in Tunes().Take(500))
        {
            real += ScoreOf(rules, tune, metre);
            shuffled += ScoreOf(rules, Shuffled(tune, random), metre);
            noise += ScoreOf(rules, [.. tune.Select(_ => MelodyEncoding.Default.EventOf(random.Next(38)))], metre);
        }

        Assert.True(real > shuffled, $"real {real:f0}, shuffled {shuffled:f0}");
        Assert.True(shuffled > noise, $"shuffled {shuffled:f0}, noise {noise:f0}");
    }

    private static IEnumerable<(MelodyEvent[] Tune, TimeSignature Metre)> Tunes()
    {
        using FileStream file = File.OpenRead(SharedFolder.PathTo("corpora", "derived", "cre.jsonl.gz"));
        using StreamReader lines = new(new GZipStream(file, CompressionMode.Decompress));
        while (lines.ReadLine() is string line)
        {
            using JsonDocument tune = JsonDocument.Parse(line);
            int[] classes = tune.RootElement.GetProperty("events").Deserialize<int[]>()!;
            if (classes.Length >= Length)
            {
                MelodyEvent[] events = [.. classes[..Length].Select(MelodyEncoding.Default.EventOf)];
                yield return (events, TimeSignature.Parse(tune.RootElement.GetProperty("meter").GetString()!));
            }
        }
    }

    /// <summary>The same rhythm with its pitches in random order (Fisher and Yates).</summary>
    private static MelodyEvent[] Shuffled(MelodyEvent[] tune, RandomSource random)
    {
        MelodyEvent[] shuffled = [.. tune];
        int[] attacks = [.. Enumerable.Range(0, tune.Length).Where(step => tune[step].StartsNote)];
        for (int last = attacks.Length - 1; last > 0; last--)
        {
            int other = attacks[random.Next(last + 1)];
            (shuffled[attacks[last]], shuffled[other]) = (shuffled[other], shuffled[attacks[last]]);
        }

        return shuffled;
    }

    private static double ScoreOf(RuleSet rules, MelodyEvent[] tune, TimeSignature metre)
    {
        MelodySoFar melody = new(MelodyEncoding.Default, tune.Length, metre);
        double[] each = new double[rules.Rules.Length];
        double sum = 0;
        foreach (MelodyEvent next in tune)
        {
            sum += rules.Score(melody, next, each);
            melody.Append(next);
        }

        return sum;
    }
}
