using System.Numerics.Tensors;
using RLTuner.Numerics;

namespace RLTuner.Learning.Q;

/// <summary>
/// What the score of an action is moved towards: the reward plus the discounted value of the next state under the target net.
/// The algorithms differ in this backup (Jaques et al. 2017, section 3).
/// </summary>
public static class Targets
{
    /// <summary>y = r + γ·max Q'(a), the backup of Q-learning (Watkins 1989).</summary>
    /// <param name="reward">r.</param>
    /// <param name="discount">γ, 0 to 1.</param>
    /// <param name="next">Q of the target net at the next state, one value an action.</param>
    /// <param name="ended">Whether the melody ended with this note, so that there is no next state.</param>
    public static float Q(float reward, float discount, ReadOnlySpan<float> next, bool ended) =>
        ended ? reward : reward + (discount * TensorPrimitives.Max(next));

    /// <summary>y = r + γ·log Σ exp Ψ'(a), the soft backup of Ψ-learning (Rawlik, Toussaint and Vijayakumar 2012).</summary>
    /// <param name="reward">r.</param>
    /// <param name="discount">γ, 0 to 1.</param>
    /// <param name="next">Ψ of the target net at the next state, one value an action. For G-learning, G' + log p' (Fox, Pakman and Tishby 2016).</param>
    /// <param name="ended">Whether the melody ended with this note, so that there is no next state.</param>
    public static float Psi(float reward, float discount, ReadOnlySpan<float> next, bool ended) =>
        ended ? reward : (float)(reward + (discount * Softmax.LogSumExp(next)));
}

/// <summary>A learning target: the reward, the discount, the next state's scores, whether the melody ended; gives y.</summary>
public delegate float Target(float reward, float discount, ReadOnlySpan<float> next, bool ended);
