namespace RLTuner.Learning.PolicyGradient;

/// <summary>
/// How much better than others of its batch a melody went on from each note. What a note is answerable for is G_t = Σ_{s≥t} r_s - β·Σ_{s>t} C_s:
/// all rewards from it on, and what later steps cost (that of its own step does not depend on what is drawn there). The mean of the
/// other melodies' G at the same step is taken off, which changes no expectation (Kool et al. 2019; Ahmadian et al. 2024):
/// A_t = (G_t - mean_t)·n / (n - 1).
/// </summary>
internal static class Advantages
{
    /// <summary>Advantages are cut at so many standard deviations.</summary>
    private const float Limit = 4;

    /// <summary>A.</summary>
    /// <param name="rewards">[melodies, length]: r.</param>
    /// <param name="costs">[melodies, length]: C.</param>
    /// <param name="weight">β.</param>
    /// <param name="length">Notes of a melody.</param>
    /// <param name="advantages">Receives [melodies, length].</param>
    public static void Of(ReadOnlySpan<float> rewards, ReadOnlySpan<float> costs, double weight, int length, Span<float> advantages)
    {
        int melodies = rewards.Length / length;
        for (int start = 0; start < rewards.Length; start += length)
        {
            double sum = 0;
            for (int at = start + length - 1; at >= start; at--)
            {
                sum += rewards[at];
                advantages[at] = (float)sum;
                sum -= weight * costs[at];
            }
        }

        float others = (float)melodies / (melodies - 1);
        for (int step = 0; step < length; step++)
        {
            double sum = 0;
            for (int at = step; at < rewards.Length; at += length)
            {
                sum += advantages[at];
            }

            float mean = (float)(sum / melodies);
            for (int at = step; at < rewards.Length; at += length)
            {
                advantages[at] = (advantages[at] - mean) * others;
            }
        }
    }

    /// <summary>Cuts outliers.</summary>
    /// <returns>The standard deviation before.</returns>
    public static double Clip(Span<float> advantages)
    {
        double squares = 0;
        foreach (float advantage in advantages)
        {
            squares += (double)advantage * advantage;
        }

        double deviation = Math.Sqrt(squares / advantages.Length);
        float most = (float)(Limit * deviation);
        foreach (ref float advantage in advantages)
        {
            // Not Math.Clamp, which refuses bounds that are no numbers.
            advantage = Math.Max(-most, Math.Min(most, advantage));
        }

        return deviation;
    }
}
