using RLTuner.Files;
using RLTuner.Learning.Q.Replay;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;

namespace RLTuner.Learning.Q;

/// <summary>
/// Deep Q-learning on three copies of a net: the tuned one learns, the target follows it slowly, the Note RNN stays as it is.
/// One update moves the scores of a batch of actions towards their targets: the mean squared difference is minimised by Adam,
/// each variable's gradient clipped by its norm. The nets live in packed form, and each of two shares of their units is always the
/// work of the same thread: weights stay in its cache. Checked against golden/dqn.json.
/// </summary>
internal sealed class QNetworks
{
    private readonly QOptions _options;
    private readonly Algorithm _algorithm;
    private readonly PackedWeights _target;
    private readonly PackedStep _tunedStep, _targetStep, _priorStep;
    private readonly NoteRnnState _tunedAfter, _targetAfter, _priorAfter;
    private readonly PinnedFloats _scores, _next, _prior, _priorGradients;
    private readonly float[] _scoreGradients;
    private readonly TrainedNet _tuned;
    private readonly TrainedNet? _trainedPrior;
    private readonly Partner _partner;
    private readonly Minibatch _batch;
    private readonly Action<int, int> _forward, _score, _backward, _descend;
    private readonly int _layers, _columns;

    /// <summary>Starts learning.</summary>
    /// <param name="tuned">Where learning starts.</param>
    /// <param name="noteRnn">The net that was tuned from; changes only where its training is a quirk that is asked for.</param>
    /// <param name="options">Algorithm and numbers.</param>
    /// <param name="quirks">Oddities of the published program.</param>
    /// <param name="batch">What each update learns from: filled before it.</param>
    /// <param name="partner">Shares the work.</param>
    /// <param name="target">Where the target net starts; by default where the tuned net does.</param>
    public QNetworks(
        NoteRnnWeights tuned, NoteRnnWeights noteRnn, QOptions options, Quirks quirks, Minibatch batch, Partner partner, NoteRnnWeights? target = null)
    {
        _options = options;
        _algorithm = options.Method;
        _batch = batch;
        PackedLayout layout = new(tuned.Shape), priorLayout = noteRnn.Shape.Equals(tuned.Shape) ? layout : new(noteRnn.Shape);
        _target = new PackedWeights(layout, target ?? tuned);
        _tuned = new TrainedNet(new PackedWeights(layout, tuned), _target, options.TargetNetworkUpdateRate, options.LearningRate, options.ClipNorm);
        PackedNoteRnn = new PackedWeights(priorLayout, noteRnn);
        _trainedPrior = _algorithm.AddsPrior && quirks.Has(Quirks.TrainsPrior) ? new TrainedNet(PackedNoteRnn, null, 0, options.LearningRate, options.ClipNorm) : null;

        int rows = options.MinibatchSize;
        _tunedStep = new PackedStep(layout, rows);
        _targetStep = new PackedStep(layout, rows);
        _priorStep = new PackedStep(priorLayout, rows);
        _tunedAfter = new NoteRnnState(tuned.Shape, rows);
        _targetAfter = new NoteRnnState(tuned.Shape, rows);
        _priorAfter = new NoteRnnState(noteRnn.Shape, rows);
        _layers = tuned.Shape.LayerSizes.Length;
        _columns = layout.ClassColumns;
        _scores = new PinnedFloats(rows * _columns);
        _next = new PinnedFloats(rows * _columns);
        _prior = new PinnedFloats(rows * _columns);
        _priorGradients = new PinnedFloats(rows * _columns);
        _scoreGradients = new float[rows];
        TargetValues = new float[rows];
        _partner = partner;
        _forward = Forward;
        _score = Score;
        _backward = Backward;
        _descend = Descend;
    }

    /// <summary>The net that learns, in the form that is played from.</summary>
    public PackedWeights PackedTuned => _tuned.Weights;

    /// <summary>The net that was tuned from, in the form that is played from.</summary>
    public PackedWeights PackedNoteRnn { get; }

    /// <summary>The targets y of the last update.</summary>
    public float[] TargetValues { get; }

    /// <summary>The net that learns, in plain form.</summary>
    public NoteRnnWeights Tuned() => _tuned.Weights.ToPlain();

    /// <summary>The net that values next states, in plain form.</summary>
    public NoteRnnWeights Target() => _target.ToPlain();

    /// <summary>The net that was tuned from, in plain form.</summary>
    public NoteRnnWeights NoteRnn() => PackedNoteRnn.ToPlain();

    /// <summary>The gradient of the last update, before clipping.</summary>
    public NoteRnnWeights Gradient() => _tuned.Gradient.ToPlain();

    /// <summary>Learns from the batch.</summary>
    /// <returns>The loss before the update: mean over the batch of (score - y)².</returns>
    public double Update()
    {
        _tunedStep.Hear(_batch.Inputs, _batch.State, _tunedAfter);
        _targetStep.Hear(_batch.NextInputs, _batch.NextState, _targetAfter);
        if (_algorithm.AddsPrior)
        {
            // What the tuned net hears beyond the Note RNN comes last.
            _priorStep.Hear(_batch.NextInputs, _batch.NextPriorState, _priorAfter);
        }

        for (int layer = 0; layer < _layers; layer++)
        {
            _partner.Both(_forward, layer);
        }

        _partner.Both(_score, 0);
        double loss = Compare();
        for (int layer = _layers - 1; layer >= 0; layer--)
        {
            _partner.Both(_backward, layer);
        }

        _tuned.NextStep();
        _trainedPrior?.NextStep();
        _partner.Both(_descend, 0);
        return loss;
    }

    /// <summary>Writes the nets and what the optimisers know.</summary>
    public void Save(StateWriter writer)
    {
        _tuned.Save("tuned", writer);
        writer.Section("target", section => NetSections.Write(Target(), section));
        if (_trainedPrior is not null)
        {
            _trainedPrior.Save("note-rnn", writer);
        }
    }

    /// <summary>Goes on where other nets stood.</summary>
    public void Restore(StateReader reader)
    {
        _tuned.Restore("tuned", reader);
        reader.Section("target", section => _target.Pack(NetSections.Read(_target.Layout.Shape, section)));
        _trainedPrior?.Restore("note-rnn", reader);
    }

    private void Forward(int share, int layer)
    {
        // Each thread begins with the net whose states it fetched from the replay.
        if (share == 0)
        {
            _tunedStep.Forward(_tuned.Weights, layer, share);
            _targetStep.Forward(_target, layer, share);
        }
        else
        {
            _targetStep.Forward(_target, layer, share);
            _tunedStep.Forward(_tuned.Weights, layer, share);
        }

        if (_algorithm.AddsPrior)
        {
            _priorStep.Forward(PackedNoteRnn, layer, share);
        }
    }

    /// <summary>One share scores the actions, the other values the next states.</summary>
    private void Score(int share, int layer)
    {
        if (share == 0)
        {
            _tunedStep.Output(_tuned.Weights, _scores);
        }
        else
        {
            ValueNextStates();
        }
    }

    /// <summary>By the target net's scores, plus log p of the Note RNN where the algorithm adds it.</summary>
    private void ValueNextStates()
    {
        _targetStep.Output(_target, _next);
        if (_algorithm.AddsPrior)
        {
            _priorStep.Output(PackedNoteRnn, _prior);
        }

        for (int row = 0; row < _batch.Size; row++)
        {
            Span<float> next = Row(_next, row);
            if (_algorithm.AddsPrior)
            {
                Span<float> prior = Row(_prior, row);
                double normaliser = Softmax.LogSumExp(prior);
                for (int i = 0; i < prior.Length; i++)
                {
                    prior[i] = (float)(prior[i] - normaliser);
                    next[i] += prior[i];
                }
            }

            TargetValues[row] = _algorithm.Target(_batch.Rewards[row], _options.Discount, next, _batch.Ended[row]);
        }
    }

    /// <summary>The loss, and its gradient by the scores of the actions.</summary>
    private double Compare()
    {
        double loss = 0;
        for (int row = 0; row < _batch.Size; row++)
        {
            float difference = Row(_scores, row)[_batch.Actions[row]] - TargetValues[row];
            loss += (double)difference * difference;
            _scoreGradients[row] = 2 * difference / _batch.Size;
            if (_trainedPrior is not null)
            {
                AddPriorGradient(row, -2 * difference / _batch.Size);
            }
        }

        return loss / _batch.Size;
    }

    /// <summary>
    /// The original lets the loss change the Note RNN through its target y: by log p'(a), dy = γ·softmax(G' + log p')(a), and by its
    /// logits, that less p'·γ.
    /// </summary>
    private void AddPriorGradient(int row, float byTarget)
    {
        Span<float> gradient = Row(_priorGradients, row), prior = Row(_prior, row);
        Softmax.Probabilities(Row(_next, row), gradient);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = byTarget * _options.Discount * (gradient[i] - MathF.Exp(prior[i]));
        }
    }

    private void Backward(int share, int layer)
    {
        bool isTop = layer == _layers - 1;
        if (isTop)
        {
            _tunedStep.BackwardScores(_tuned.Weights, _tuned.Gradient, _batch.Actions, _scoreGradients, share);
        }

        _tunedStep.Backward(_tuned.Weights, _tuned.Gradient, layer, share);
        if (_trainedPrior is not null)
        {
            if (isTop)
            {
                _priorStep.BackwardLogits(PackedNoteRnn, _trainedPrior.Gradient, _priorGradients, share);
            }

            _priorStep.Backward(PackedNoteRnn, _trainedPrior.Gradient, layer, share);
        }

        if (layer == 0)
        {
            _tuned.Measure(share);
            _trainedPrior?.Measure(share);
        }
    }

    private void Descend(int share, int layer)
    {
        _tuned.Descend(share);
        _trainedPrior?.Descend(share);
    }

    private Span<float> Row(PinnedFloats table, int row) => table.Span.Slice(row * _columns, _tuned.Weights.Layout.Shape.Classes);
}
