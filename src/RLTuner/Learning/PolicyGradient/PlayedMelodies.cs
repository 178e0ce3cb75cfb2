using System.Collections.Immutable;

namespace RLTuner.Learning.PolicyGradient;

/// <summary>What is known of the notes of a batch, each [melodies, length].</summary>
/// <param name="melodies">Melodies in a batch.</param>
/// <param name="length">Notes of each.</param>
/// <param name="rules">Rules that score them.</param>
internal sealed class PlayedMelodies(int melodies, int length, int rules)
{
    /// <summary>Melodies in a batch.</summary>
    public int Melodies { get; } = melodies;

    /// <summary>Notes of each.</summary>
    public int Length { get; } = length;

    /// <summary>Notes of all.</summary>
    public int Notes => Melodies * Length;

    /// <summary>What each note earned.</summary>
    public float[] Rewards { get; } = new float[melodies * length];

    /// <summary>The distance of the tuned net from the Note RNN where each was drawn, in nats.</summary>
    public float[] Divergences { get; } = new float[melodies * length];

    /// <summary>How undecided the tuned net was there, in nats.</summary>
    public float[] Entropies { get; } = new float[melodies * length];

    /// <summary>What the distance there costs, less what the entropy is worth, in nats.</summary>
    public float[] Costs { get; } = new float[melodies * length];

    /// <summary>How much better than in other melodies it went on from there.</summary>
    public float[] Advantages { get; } = new float[melodies * length];

    /// <summary>log p of each under the Note RNN.</summary>
    public double[] LogProbabilities { get; } = new double[melodies * length];

    /// <summary>The weighted sum of the rules.</summary>
    public double[] Theory { get; } = new double[melodies * length];

    private readonly double[] _rules = new double[melodies * length * rules];

    /// <summary>The weighted score of each rule for a note.</summary>
    public Span<double> Rules(int note) => _rules.AsSpan(note * rules, rules);

    /// <summary>The standard deviation of what melodies earned.</summary>
    public double DeviationOfRewards()
    {
        double sum = 0, squares = 0;
        for (int start = 0; start < Notes; start += Length)
        {
            double earned = 0;
            foreach (float reward in Rewards.AsSpan(start, Length))
            {
                earned += reward;
            }

            sum += earned;
            squares += earned * earned;
        }

        return Math.Sqrt(Math.Max(0, (squares - (sum * sum / Melodies)) / (Melodies - 1)));
    }

    /// <summary>The mean sum over a melody.</summary>
    public double PerMelody(ReadOnlySpan<float> each)
    {
        double sum = 0;
        foreach (float value in each)
        {
            sum += value;
        }

        return sum / Melodies;
    }
}
