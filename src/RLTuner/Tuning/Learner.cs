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
    private readonly Partner _partner;
    private readonly Action _scoreActions, _scoreNextStates;
    private Minibatch? _batch;

    /// <summary>Creates a learner.</summary>
    /// <param name="tuned">Learns in place.</param>
    /// <param name="target">Follows in place.</param>
    /// <param name="noteRnn">The net that was tuned from; changes only where the original's G-learning defect is reproduced.</param>
    /// <param name="options">Algorithm and numbers.</param>
    public Learner(NoteRnnWeights tuned, NoteRnnWeights target, NoteRnnWeights noteRnn, TunerOptions options)
        : this(tuned, target, noteRnn, options, new Partner(threads: 1))
    {
    }

    /// <summary>Creates a learner that shares its work.</summary>
    internal Learner(NoteRnnWeights tuned, NoteRnnWeights target, NoteRnnWeights noteRnn, TunerOptions options, Partner partner)
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
        _tuned = new TrainedNet(tuned, target, options, partner);
        _trainedPrior = _algorithm.AddsPrior && options.Compatibility == Compatibility.Magenta ? new TrainedNet(noteRnn, null, options, partner) : null;
        TargetValues = new float[batch];
        _partner = partner;
        _scoreActions = ScoreActions;
        _scoreNextStates = ScoreNextStates;
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
        ArgumentNullException.ThrowIfNull(batch);
        int classes = Tuned.Shape.Classes;
        _batch = batch;
        _partner.Both(_scoreActions, _scoreNextStates);

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

        _tuned.Descend(_tunedStep, _scoreGradients);
        _trainedPrior?.Descend(_priorStep, _priorGradients);

        return loss / batch.Size;
    }

    private void ScoreActions() => _tunedStep.Forward(Tuned, _batch!.Notes, _batch.State, _tunedAfter, _scores, _batch.Positions);

    /// <summary>The target net's scores at the next states, plus log p of the Note RNN where the algorithm adds it.</summary>
    private void ScoreNextStates()
    {
        Minibatch batch = _batch!;
        int classes = Tuned.Shape.Classes;
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
    private sealed class TrainedNet
    {
        private readonly NoteRnnWeights _weights;
        private readonly NoteRnnWeights? _follower;
        private readonly TunerOptions _options;
        private readonly Partner _partner;
        private readonly Adam _adam;
        private readonly float[] _scales;
        private readonly Action _firstGradients, _otherGradients, _firstUpdate, _otherUpdate;
        private NoteRnnStep? _step;

        public TrainedNet(NoteRnnWeights weights, NoteRnnWeights? follower, TunerOptions options, Partner partner)
        {
            _weights = weights;
            _follower = follower;
            _options = options;
            _partner = partner;
            _adam = new Adam(weights.Values.Length);
            _scales = new float[weights.Variables.Length];
            Gradient = new NoteRnnWeights(weights.Shape);
            int all = weights.Values.Length, half = all / 2;
            _firstGradients = () => _step!.WeightGradients(Gradient, part: 0, parts: 2);
            _otherGradients = () => _step!.WeightGradients(Gradient, part: 1, parts: 2);
            _firstUpdate = () => Update(0, half);
            _otherUpdate = () => Update(half, all);
        }

        public NoteRnnWeights Gradient { get; }

        public void Descend(NoteRnnStep step, ReadOnlySpan<float> logitGradients)
        {
            _step = step;
            step.BackwardGates(_weights, logitGradients);
            _partner.Both(_firstGradients, _otherGradients);
            for (int i = 0; i < _scales.Length; i++)
            {
                NoteRnnWeights.Variable variable = _weights.Variables[i];
                float norm = VectorMath.Norm(Gradient.Values.AsSpan(variable.Offset, variable.Length));
                _scales[i] = norm > _options.ClipNorm ? _options.ClipNorm / norm : 1;
            }

            _adam.NextStep();
            _partner.Both(_firstUpdate, _otherUpdate);
        }

        /// <summary>Updates the weights from one up to another, that one not included; each variable's gradient has a scale of its own.</summary>
        private void Update(int from, int to)
        {
            for (int i = 0; i < _scales.Length; i++)
            {
                NoteRnnWeights.Variable variable = _weights.Variables[i];
                int start = Math.Max(from, variable.Offset), length = Math.Min(to, variable.Offset + variable.Length) - start;
                if (length > 0)
                {
                    Span<float> follower = _follower is null ? default : _follower.Values.AsSpan(start, length);
                    _adam.Update(
                        _weights.Values.AsSpan(start, length),
                        Gradient.Values.AsSpan(start, length),
                        start,
                        _scales[i],
                        _options.LearningRate,
                        follower,
                        _options.TargetNetworkUpdateRate);
                }
            }
        }
    }
}
