using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;

namespace RLTuner.Tuning;

/// <summary>
/// A net with its gradient and its optimiser, and the net that follows it, in packed form. Each variable's gradient is shortened to the
/// clip norm, then Adam moves the weights and the follower a share of the way after them. Shares touch their own units only.
/// </summary>
internal sealed class TrainedNet
{
    private readonly PackedWeights? _follower;
    private readonly TunerOptions _options;
    private readonly Adam _adam;
    private readonly double[][] _squares = new double[PackedLayout.Shares][];

    /// <summary>Starts an optimiser.</summary>
    /// <param name="weights">Learns in place.</param>
    /// <param name="follower">Follows in place; null for none.</param>
    /// <param name="options">Rates and clip norm.</param>
    public TrainedNet(PackedWeights weights, PackedWeights? follower, TunerOptions options)
    {
        Weights = weights;
        _follower = follower;
        _options = options;
        _adam = new Adam(weights.Layout.Length);
        Gradient = new PackedWeights(weights.Layout);
        int variables = (2 * weights.Layout.Shape.LayerSizes.Length) + 2;
        for (int share = 0; share < PackedLayout.Shares; share++)
        {
            _squares[share] = new double[variables];
        }
    }

    /// <summary>The net.</summary>
    public PackedWeights Weights { get; }

    /// <summary>Its gradient, before clipping.</summary>
    public PackedWeights Gradient { get; }

    /// <summary>Sums the squares of a share's gradient, when that is there.</summary>
    public void Measure(int share)
    {
        double[] squares = _squares[share];
        foreach (PackedLayout.Block block in Weights.Layout.Blocks(share))
        {
            squares[block.Variable] = VectorMath.SumOfSquares(Gradient[block]);
        }
    }

    /// <summary>Starts an update, when both shares are measured.</summary>
    public void NextStep() => _adam.NextStep();

    /// <summary>Updates a share.</summary>
    public void Descend(int share)
    {
        foreach (PackedLayout.Block block in Weights.Layout.Blocks(share))
        {
            float norm = (float)Math.Sqrt(_squares[0][block.Variable] + _squares[1][block.Variable]);
            float scale = norm > _options.ClipNorm ? _options.ClipNorm / norm : 1;
            Span<float> follower = _follower is null ? default : _follower[block];
            _adam.Update(Weights[block], Gradient[block], block.Offset, scale, _options.LearningRate, follower, _options.TargetNetworkUpdateRate);
        }
    }

    /// <summary>What the optimiser knows, in plain form.</summary>
    public OptimizerState Save()
    {
        OptimizerState state = new(new NoteRnnWeights(Weights.Layout.Shape), new NoteRnnWeights(Weights.Layout.Shape), _adam.Steps);
        Weights.Layout.Unpack(_adam.Mean, state.Mean.Values);
        Weights.Layout.Unpack(_adam.Variance, state.Variance.Values);
        return state;
    }

    /// <summary>Goes on where another optimiser stood.</summary>
    public void Restore(OptimizerState state)
    {
        PackedWeights mean = new(Weights.Layout, state.Mean), variance = new(Weights.Layout, state.Variance);
        _adam.Restore(mean.Values.Span, variance.Values.Span, state.Steps);
    }
}

/// <summary>What Adam knows of a net.</summary>
/// <param name="Mean">The running mean of each weight's gradient.</param>
/// <param name="Variance">The running mean of its square.</param>
/// <param name="Steps">Updates so far.</param>
internal sealed record OptimizerState(NoteRnnWeights Mean, NoteRnnWeights Variance, long Steps);
