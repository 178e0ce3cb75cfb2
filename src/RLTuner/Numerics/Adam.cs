using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// Adam (Kingma and Ba 2015) in TensorFlow's form: with lr_t = lr·sqrt(1 - β2^t) / (1 - β1^t),
/// w -= lr_t·m / (sqrt(v) + ε), so ε stands outside the bias correction. Weights, gradients and moments are vectors of any layout.
/// Checked against the formula in double precision, golden/dqn.json, and the plain form to the bit.
/// </summary>
internal sealed class Adam
{
    private const float Beta1 = 0.9f, Epsilon = 1e-8f;

    /// <summary>Below it a mean gradient moves no weight; keeping it would slow arithmetic 10 to 25 times once it is denormal.</summary>
    private const float Negligible = 1e-30f;

    private readonly PinnedFloats _mean, _variance;
    private readonly float _beta2;
    private double _beta1Power = 1, _beta2Power = 1;

    /// <summary>Creates an optimiser for a number of weights.</summary>
    /// <param name="length">How many.</param>
    /// <param name="beta2">How much of the squared gradients' mean each update keeps.</param>
    public Adam(int length, float beta2 = 0.999f)
    {
        _beta2 = beta2;
        _mean = new PinnedFloats(length);
        _variance = new PinnedFloats(length);
    }

    /// <summary>The running mean of each weight's gradient.</summary>
    public ReadOnlySpan<float> Mean => _mean.Span;

    /// <summary>The running mean of each weight's squared gradient.</summary>
    public ReadOnlySpan<float> Variance => _variance.Span;

    /// <summary>Goes on where another optimiser stood.</summary>
    /// <param name="mean">Its <see cref="Mean"/>.</param>
    /// <param name="variance">Its <see cref="Variance"/>.</param>
    /// <param name="steps">How many updates it had done.</param>
    public void Restore(ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, long steps)
    {
        mean.CopyTo(_mean.Span);
        variance.CopyTo(_variance.Span);
        Steps = steps;
        (_beta1Power, _beta2Power) = (1, 1);

        // As the updates multiplied, so that the bits are the same. Below 1e-20 neither power changes a rate any more.
        for (long step = 0; step < steps && _beta2Power > 1e-20; step++)
        {
            NextPowers();
        }
    }

    /// <summary>How many updates were started.</summary>
    public long Steps { get; private set; }

    /// <summary>Starts an update: call once, then <see cref="Update"/> for each part of the weights.</summary>
    public void NextStep()
    {
        Steps++;
        NextPowers();
    }

    private void NextPowers()
    {
        _beta1Power *= Beta1;
        _beta2Power *= _beta2;
    }

    /// <summary>Updates one part of the weights, then moves what follows them a share of the way: f += rate·(w - f).</summary>
    /// <param name="weights">The part's weights.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="offset">Where the part begins among all weights.</param>
    /// <param name="scale">Factor on the gradient, for clipping.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="follower">A slower copy of the weights, such as a target network; nothing where there is none.</param>
    /// <param name="followRate">The share, 0 to 1.</param>
    public void Update(
        Span<float> weights, ReadOnlySpan<float> gradient, int offset, float scale, float learningRate, Span<float> follower = default, float followRate = 0)
    {
        // Where nothing follows, the weights follow themselves: w + rate·(w - w) is w.
        follower = follower.IsEmpty ? weights : follower[..weights.Length];
        Step step = new((float)(learningRate * Math.Sqrt(1 - _beta2Power) / (1 - _beta1Power)), scale, followRate);
        int done = Vector512.IsHardwareAccelerated
            ? Update<Lanes16>(step, weights, gradient[..weights.Length], offset, follower)
            : Update<Lanes8>(step, weights, gradient[..weights.Length], offset, follower);
        UpdatePlain(step, weights[done..], gradient[done..], offset + done, follower[done..]);
    }

    /// <summary>As many whole registers as there are.</summary>
    /// <returns>How many weights they were.</returns>
    internal unsafe int Update<TLanes>(in Step step, Span<float> weights, ReadOnlySpan<float> gradient, int offset, Span<float> follower)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Broadcast(step.Scale), rate = TLanes.Broadcast(step.Rate), follow = TLanes.Broadcast(step.FollowRate);
        TLanes beta1 = TLanes.Broadcast(Beta1), beta2 = TLanes.Broadcast(_beta2), rest1 = TLanes.Broadcast(1 - Beta1), rest2 = TLanes.Broadcast(1 - _beta2);
        TLanes epsilon = TLanes.Broadcast(Epsilon), negligible = TLanes.Broadcast(Negligible), zero = default;
        int whole = weights.Length - (weights.Length % TLanes.Count);
        fixed (float* w = weights, g = gradient, m = _mean.Span.Slice(offset, weights.Length), v = _variance.Span.Slice(offset, weights.Length), f = follower)
        {
            for (int i = 0; i < whole; i += TLanes.Count)
            {
                TLanes gi = TLanes.Load(g + i) * scale;
                TLanes mi = (TLanes.Load(m + i) * beta1) + (gi * rest1);
                mi = TLanes.WhereLess(TLanes.Abs(mi), negligible, zero, mi);
                TLanes vi = (TLanes.Load(v + i) * beta2) + (gi * gi * rest2);
                vi = TLanes.WhereLess(vi, negligible, zero, vi);
                mi.Store(m + i);
                vi.Store(v + i);
                TLanes wi = TLanes.Load(w + i) - (mi * rate / (TLanes.Sqrt(vi) + epsilon));
                wi.Store(w + i);
                TLanes fi = TLanes.Load(f + i);
                (fi + ((wi - fi) * follow)).Store(f + i);
            }
        }

        return whole;
    }

    /// <summary>The same, one weight after another: the oracle of the tests.</summary>
    internal void UpdatePlain(in Step step, Span<float> weights, ReadOnlySpan<float> gradient, int offset, Span<float> follower)
    {
        Span<float> mean = _mean.Span.Slice(offset, weights.Length), variance = _variance.Span.Slice(offset, weights.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            float g = gradient[i] * step.Scale;
            float m = (mean[i] * Beta1) + (g * (1 - Beta1));
            m = Math.Abs(m) < Negligible ? 0 : m;
            float v = (variance[i] * _beta2) + (g * g * (1 - _beta2));
            v = v < Negligible ? 0 : v;
            (mean[i], variance[i]) = (m, v);
            weights[i] -= m * step.Rate / (MathF.Sqrt(v) + Epsilon);
            follower[i] += (weights[i] - follower[i]) * step.FollowRate;
        }
    }

    /// <summary>The numbers of one update.</summary>
    /// <param name="Rate">lr_t.</param>
    /// <param name="Scale">Factor on the gradient.</param>
    /// <param name="FollowRate">Share of the way that the follower goes.</param>
    internal readonly record struct Step(float Rate, float Scale, float FollowRate);
}
