using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tuning.Algorithms;
using RLTuner.Tuning.Replay;

namespace RLTuner.Tuning;

/// <summary>
/// Deep Q-learning on three copies of a net: the tuned one learns, the target follows it slowly, the Note RNN stays as it is.
/// One update moves the scores of a batch of actions towards their targets: the mean squared difference is minimised by Adam,
/// each variable's gradient clipped by its norm. Checked against golden/dqn.json.
/// </summary>
public sealed class Learner
{
    private readonly TunerOptions _options;
    private readonly Algorithm _algorithm;
    private readonly NoteRnnStep _tunedStep, _targetStep, _priorStep;
    private readonly NoteRnnState _tunedAfter, _targetAfter, _priorAfter;
    private readonly float[] _scores, _next, _prior, _scoreGradients, _priorGradients;
    private readonly TrainedNet _tuned;
    private readonly TrainedNet? _trainedPrior;

    /// <summary>Creates a learner.</summary>
    /// <param name="tuned">Learns in place.</param>
    /// <param name="target">Follows in place.</param>
    /// <param name="noteRnn">The net that was tuned from; changes only where the original's G-learning defect is reproduced.</param>
    /// <param name="options">Algorithm and numbers.</param>
    public Learner(NoteRnnWeights tuned, NoteRnnWeights target, NoteRnnWeights noteRnn, TunerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _algorithm = options.Algorithm;
        Tuned = tuned;
        Target = target;
        NoteRnn = noteRnn;
        int batch = options.MinibatchSize, classes = tuned.Shape.Classes;
        _tunedStep = new NoteRnnStep(tuned.Shape, batch);
        _targetStep = new NoteRnnStep(tuned.Shape, batch);
        _priorStep = new NoteRnnStep(noteRnn.Shape, batch);
        _tunedAfter = new NoteRnnState(tuned.Shape, batch);
        _targetAfter = new NoteRnnState(tuned.Shape, batch);
        _priorAfter = new NoteRnnState(tuned.Shape, batch);
        _scores = new float[batch * classes];
        _next = new float[batch * classes];
        _prior = new float[batch * classes];
        _scoreGradients = new float[batch * classes];
        _priorGradients = new float[batch * classes];
        _tuned = new TrainedNet(tuned, target, options);
        _trainedPrior = _algorithm.AddsPrior && options.Compatibility == Compatibility.Magenta ? new TrainedNet(noteRnn, null, options) : null;
        TargetValues = new float[batch];
    }

    /// <summary>The net that learns.</summary>
    public NoteRnnWeights Tuned { get; }

    /// <summary>The net that values next states.</summary>
    public NoteRnnWeights Target { get; }

    /// <summary>The net that was tuned from.</summary>
    public NoteRnnWeights NoteRnn { get; }

    /// <summary>The targets y of the last update.</summary>
    internal float[] TargetValues { get; }

    /// <summary>The gradient of the last update, before clipping.</summary>
    internal NoteRnnWeights Gradient => _tuned.Gradient;

    /// <summary>Learns from a batch.</summary>
    /// <returns>The loss before the update: mean over the batch of (score - y)².</returns>
    public double Update(Minibatch batch)
    {
        int classes = Tuned.Shape.Classes;
        _tunedStep.Forward(Tuned, batch.Notes, batch.State, _tunedAfter, _scores, batch.Positions);
        ScoreNextStates(batch, classes);

        double loss = 0;
        _scoreGradients.AsSpan().Clear();
        for (int row = 0; row < batch.Size; row++)
        {
            ReadOnlySpan<float> next = _next.AsSpan(row * classes, classes);
            float y = _algorithm.Target(batch.Rewards[row], _options.Discount, next, batch.Ended[row]);
            int action = (row * classes) + batch.Actions[row];
            float difference = _scores[action] - y;
            loss += (double)difference * difference;
            TargetValues[row] = y;
            _scoreGradients[action] = 2 * difference / batch.Size;
            if (_trainedPrior is not null)
            {
                AddPriorGradient(row, classes, -2 * difference / batch.Size);
            }
        }

        _tunedStep.Backward(Tuned, _scoreGradients, _tuned.Gradient);
        _tuned.Descend();
        if (_trainedPrior is not null)
        {
            _priorStep.Backward(NoteRnn, _priorGradients, _trainedPrior.Gradient);
            _trainedPrior.Descend();
        }

        return loss / batch.Size;
    }

    /// <summary>The target net's scores at the next states, plus log p of the Note RNN where the algorithm adds it.</summary>
    private void ScoreNextStates(Minibatch batch, int classes)
    {
        _targetStep.Forward(Target, batch.NextNotes, batch.NextState, _targetAfter, _next, batch.NextPositions);
        if (!_algorithm.AddsPrior)
        {
            return;
        }

        _priorStep.Forward(NoteRnn, batch.NextNotes, batch.NextPriorState, _priorAfter, _prior);
        for (int row = 0; row < batch.Size; row++)
        {
            Span<float> prior = _prior.AsSpan(row * classes, classes);
            double normaliser = Softmax.LogSumExp(prior);
            for (int i = 0; i < classes; i++)
            {
                prior[i] = (float)(prior[i] - normaliser);
            }
        }

        VectorMath.AddTo(_prior, _next);
    }

    /// <summary>
    /// The original lets the loss change the Note RNN through its target y: by log p'(a), dy = γ·softmax(G' + log p')(a), and by its
    /// logits, that less p'·γ.
    /// </summary>
    private void AddPriorGradient(int row, int classes, float byTarget)
    {
        Span<float> gradient = _priorGradients.AsSpan(row * classes, classes);
        Softmax.Probabilities(_next.AsSpan(row * classes, classes), gradient);
        for (int i = 0; i < classes; i++)
        {
            gradient[i] = byTarget * _options.Discount * (gradient[i] - MathF.Exp(_prior[(row * classes) + i]));
        }
    }

    /// <summary>A net with its gradient and its optimiser, and the net that follows it.</summary>
    private sealed class TrainedNet(NoteRnnWeights weights, NoteRnnWeights? follower, TunerOptions options)
    {
        private readonly Adam _adam = new(weights.Values.Length);

        public NoteRnnWeights Gradient { get; } = new(weights.Shape);

        public void Descend()
        {
            _adam.NextStep();
            foreach (NoteRnnWeights.Variable variable in weights.Variables)
            {
                ReadOnlySpan<float> gradient = Gradient.Values.AsSpan(variable.Offset, variable.Length);
                float norm = VectorMath.Norm(gradient);
                float scale = norm > options.ClipNorm ? options.ClipNorm / norm : 1;
                _adam.Update(
                    weights.Values.AsSpan(variable.Offset, variable.Length),
                    gradient,
                    variable.Offset,
                    scale,
                    options.LearningRate,
                    follower is null ? default : follower.Values.AsSpan(variable.Offset, variable.Length),
                    options.TargetNetworkUpdateRate);
            }
        }
    }
}
