using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Rules;

namespace RLTuner.Evaluation.RuleTesting;

/// <summary>Whether rules prefer real melodies to others: one against each kind of others.</summary>
public sealed class RuleTest
{
    private readonly RuleSet _rules;
    private readonly MelodyEncoding _encoding;
    private readonly TimeSignature _timeSignature;
    private readonly int _length;
    private readonly double[][] _real;

    /// <summary>Judges the real melodies.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="real">Real melodies, at least one, all of one length, from a bar line on.</param>
    /// <param name="encoding">What all pitches lie in.</param>
    /// <param name="timeSignature">The metre.</param>
    /// <exception cref="ArgumentException">There is no melody, or their lengths differ.</exception>
    public RuleTest(RuleSet rules, IReadOnlyList<Melody> real, MelodyEncoding encoding, TimeSignature timeSignature)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(real);
        if (real.Count == 0 || real.Any(melody => melody.Events.Length != real[0].Events.Length))
        {
            throw new ArgumentException("expected melodies of one length, at least one", nameof(real));
        }

        (_rules, _encoding, _timeSignature, _length) = (rules, encoding, timeSignature, real[0].Events.Length);
        Real = real;
        _real = Judge(real);
    }

    /// <summary>The real melodies.</summary>
    public IReadOnlyList<Melody> Real { get; }

    /// <summary>What each rule gives a real melody, as a mean.</summary>
    public ImmutableArray<double> RealScores => Means(_real);

    /// <summary>Holds the real melodies against spoiled ones, of each kind one: made of them, save the arpeggio.</summary>
    /// <param name="key">The key of the arpeggio.</param>
    /// <param name="seed">Start of the random streams.</param>
    public IEnumerable<Contrast> AgainstSpoiled(Key key, ulong seed)
    {
        RandomSource pitches = new(seed, "shuffled pitches"), rhythm = new(seed, "shuffled rhythm");
        yield return Against("its pitches shuffled", [.. Real.Select(melody => SpoiledMelodies.ShufflePitches(melody, pitches))]);
        yield return Against("its rhythm shuffled", [.. Real.Select(melody => SpoiledMelodies.ShuffleRhythm(melody, rhythm))]);
        yield return Against("a loop of its first bar", [.. Real.Select(melody => SpoiledMelodies.LoopFirstBar(melody, _timeSignature.StepsPerBar()))]);
        yield return Against("a steady arpeggio", [SpoiledMelodies.SteadyArpeggio(key, _encoding, _length)]);
    }

    /// <summary>Holds the real melodies against others of the same length.</summary>
    /// <param name="name">What they are.</param>
    /// <param name="others">At least one.</param>
    public Contrast Against(string name, IReadOnlyList<Melody> others)
    {
        double[][] scores = Judge(others);
        return new Contrast(
            name,
            others.Count,
            Auc([.. _real.Select(each => each.Sum())], [.. scores.Select(each => each.Sum())]),
            [.. _rules.Rules.Select((_, rule) => Auc([.. _real.Select(each => each[rule])], [.. scores.Select(each => each[rule])]))],
            Means(scores));
    }

    /// <summary>The chance that one of the first is above one of the second, ties counted half (Mann and Whitney 1947).</summary>
    public static double Auc(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] sorted = second.ToArray();
        Array.Sort(sorted);
        double wins = 0;
        foreach (double value in first)
        {
            wins += (Below(sorted, value, orEqual: false) + Below(sorted, value, orEqual: true)) / 2.0;
        }

        return wins / ((double)first.Length * second.Length);
    }

    private static int Below(double[] sorted, double value, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool below = orEqual ? sorted[middle] <= value : sorted[middle] < value;
            (low, high) = below ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private double[][] Judge(IReadOnlyList<Melody> melodies)
    {
        MelodyJudge judge = new(_rules, _encoding, _timeSignature, _length);
        return [.. melodies.Select(melody => judge.ScoresByRule(melody.Events.AsSpan()))];
    }

    private ImmutableArray<double> Means(double[][] scores) => [.. _rules.Rules.Select((_, rule) => scores.Average(each => each[rule]))];
}

/// <summary>Real melodies against others.</summary>
/// <param name="Name">What the others are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Auc">The chance that a real one scores above another, ties counted half: .5 is blind.</param>
/// <param name="AucByRule">The same by each rule alone.</param>
/// <param name="Scores">What each rule gives one of the others, as a mean.</param>
public sealed record Contrast(string Name, int Count, double Auc, ImmutableArray<double> AucByRule, ImmutableArray<double> Scores);
