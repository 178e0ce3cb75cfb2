using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Training;

/// <summary>
/// Teaches a Note RNN to predict each event of melodies from those before it, the first from nothing: back-propagation through time over batches of whole
/// melodies, Adam, early stop. One seed gives one net, to the byte, however often it is interrupted between epochs.
/// </summary>
public sealed class NoteRnnTrainer
{
    /// <summary>A checkpoint holds the weights five times, and is at most 2 GiB.</summary>
    private const int MaxLayers = 16, MaxWeights = 100_000_000;

    private readonly IReadOnlyList<MelodyPart> _training, _validation;
    private readonly NoteRnnWeights _gradient, _average;
    private readonly NoteRnnSequences _sequences;
    private readonly RecurrentDropout? _recurrentDropout;
    private readonly Adam _adam;
    private bool _withinEpoch;

    /// <summary>Prepares training from random weights.</summary>
    /// <param name="corpus">Melodies to learn from and to judge by; at least one of each.</param>
    /// <param name="layerSizes">Units of each LSTM layer.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="ArgumentException">The corpus holds nothing to learn from or to judge by, or is not on the grid of sixteenths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting lies outside its range.</exception>
    public NoteRnnTrainer(MelodyCorpus corpus, IEnumerable<int> layerSizes, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        if (corpus.StepsPerQuarter != Melody.StepsPerQuarter)
        {
            // Rules, primers and MIDI files all take a step of a net for a sixteenth.
            throw new ArgumentException(
                $"expected a corpus of {Melody.StepsPerQuarter} steps a quarter, found {corpus.StepsPerQuarter} (build it on that grid)");
        }

        Options = options.Validated();
        NoteRnnShape shape = new(corpus.Encoding.ClassCount, [.. layerSizes], InputsOf(options, corpus.Encoding.ClassCount));
        if (shape.LayerSizes.Length is 0 or > MaxLayers || NoteRnnWeights.LengthOf(shape) > MaxWeights)
        {
            throw new ArgumentOutOfRangeException(
                nameof(layerSizes), $"layers: expected 1 to {MaxLayers} of at most {MaxWeights:N0} weights in all, found {shape}");
        }

        Model = new NoteRnnModel(InitialWeights.Of(shape, options.Seed), corpus.Encoding) { KnowsBeginnings = true, LearnedFrom = CorpusHistograms.Of(corpus) };
        Best = Model with { Weights = Model.Weights.Clone() };
        _gradient = new NoteRnnWeights(shape);
        _average = Model.Weights.Clone();
        _sequences = new NoteRnnSequences(shape);
        _recurrentDropout = options.RecurrentDropout > 0 ? new RecurrentDropout(shape, options.RecurrentDropout) : null;
        _adam = new Adam(_gradient.Values.Length);
        _training = Parts(corpus.Training, TrainingBatches.WithoutLastHolds, "training");
        _validation = Parts(corpus.Validation, melody => melody, "validation");
        CorpusHash = HashOf(
            [[corpus.Encoding.Lowest.MidiNumber, corpus.StepsPerQuarter, _training.Count], .. _training.Concat(_validation).Select(Heard)]);

        static int[] Heard(MelodyPart part) => [part.StepsPerBar, .. part.Melody[..part.To]];

        IReadOnlyList<MelodyPart> Parts(IEnumerable<CorpusMelody> melodies, Func<int[], int[]> cut, string kind)
        {
            MelodyPart[] parts =
            [
                .. melodies.SelectMany(melody => MelodyPart.Cut(
                    cut(melody.Melody.ToClasses(corpus.Encoding)),
                    (melody.Metre ?? TimeSignature.CommonTime).StepsPerBar(corpus.StepsPerQuarter),
                    first: 0,
                    options.MaxLength)),
            ];
            return parts.Length > 0
                ? parts
                : throw new ArgumentException($"expected {kind} melodies, found none (build the corpus with some held out, but not all)", nameof(corpus));
        }
    }

    /// <summary>The settings.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The net as it is now.</summary>
    public NoteRnnModel Model { get; }

    /// <summary>The running mean of nets with the lowest validation loss so far; the first net before any epoch.</summary>
    public NoteRnnModel Best { get; private set; }

    /// <summary>The lowest validation loss so far, in nats an event; infinite before any epoch.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Epochs since the best one.</summary>
    public int EpochsSinceBest { get; private set; }

    /// <summary>Updates of the weights done.</summary>
    public long Updates { get; private set; }

    /// <summary>Tells corpora apart: a hash of every event that is learned from or judged by.</summary>
    internal string CorpusHash { get; }

    /// <summary>All that changes; the arrays of weights are copies.</summary>
    internal TrainerState State
    {
        get
        {
            if (_withinEpoch)
            {
                throw new InvalidOperationException("a trainer can be saved between epochs only; go on from its last checkpoint");
            }

            NoteRnnWeights mean = new(Model.Shape), variance = new(Model.Shape);
            _adam.Mean.CopyTo(mean.Values);
            _adam.Variance.CopyTo(variance.Values);
            return new TrainerState(Model.Weights.Clone(), _average.Clone(), Best.Weights, mean, variance, Epoch, Updates, EpochsSinceBest, BestLoss);
        }

        set
        {
            value.Weights.Values.CopyTo(Model.Weights.Values, 0);
            value.Average.Values.CopyTo(_average.Values, 0);
            Best = Model with { Weights = value.Best };
            _adam.Restore(value.AdamMean.Values, value.AdamVariance.Values, value.Updates);
            (Epoch, Updates, EpochsSinceBest, BestLoss) = (value.Epoch, value.Updates, value.EpochsSinceBest, value.BestLoss);
        }
    }

    /// <summary>Trains until the epochs are done, the validation loss falls no more, or the loss is NaN.</summary>
    /// <param name="listener">Hears of every update and epoch.</param>
    /// <param name="cancellation">Stops between two updates. The epoch begun is lost: go on from the last checkpoint.</param>
    /// <exception cref="InvalidOperationException">Training was stopped within an epoch before.</exception>
    public TrainingEnd Run(ITrainingListener? listener = null, CancellationToken cancellation = default)
    {
        if (_withinEpoch)
        {
            throw new InvalidOperationException("training was stopped within an epoch; go on from its last checkpoint");
        }

        while (Epoch < Options.Epochs && EpochsSinceBest < Options.Patience)
        {
            long start = Stopwatch.GetTimestamp();
            if (RunEpoch(listener, cancellation) is not { } training)
            {
                return TrainingEnd.Cancelled;
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            PredictionSums validation = NoteRnnEvaluation.Of(_average, _validation, Options.BatchSize, _sequences);
            if (!double.IsFinite(training.Loss) || !double.IsFinite(validation.Loss))
            {
                return TrainingEnd.Diverged;
            }

            _withinEpoch = false;
            Epoch++;
            bool isBest = validation.Loss < BestLoss;
            EpochsSinceBest = isBest ? 0 : EpochsSinceBest + 1;
            if (isBest)
            {
                BestLoss = validation.Loss;
                Best = Model with { Weights = _average.Clone() };
            }

            listener?.OnEpoch(this, new EpochResult(Epoch, Updates, LearningRate(Updates - 1), training, validation, isBest, training.Events / seconds));
        }

        return EpochsSinceBest < Options.Patience ? TrainingEnd.Epochs : TrainingEnd.EarlyStop;
    }

    private static NoteRnnInputs InputsOf(TrainingOptions options, int classes)
    {
        try
        {
            return NoteRnnInputs.Parse(options.Inputs, classes);
        }
        catch (FormatException e)
        {
            // Without the cause: it is the caller's mistake, and the message says all.
            throw new ArgumentException($"inputs: {e.Message}", nameof(options));
        }
    }

    private static string HashOf(IEnumerable<int[]> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int[] part in parts)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([part.Length, .. part]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private PredictionSums? RunEpoch(ITrainingListener? listener, CancellationToken cancellation)
    {
        RandomSource order = new(Options.Seed, $"training order {Epoch}"), dropout = new(Options.Seed, $"dropout {Epoch}");
        _withinEpoch = true;
        long all = _training.Sum(part => (long)part.Length);
        PredictionSums sums = default;
        foreach (SequenceBatch batch in TrainingBatches.Shuffled(_training, Model.Shape.Inputs, Options.BatchSize, order))
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            NoteRnnWeights net = _recurrentDropout?.Thin(Model.Weights, dropout) ?? Model.Weights;
            Span<float> logits = _sequences.Forward(net, batch, Options.Dropout, dropout);
            sums += PredictionSums.Differentiate(logits, batch.Targets);
            if (!double.IsFinite(sums.Nats))
            {
                break;
            }

            TensorPrimitives.Multiply(logits, 1f / batch.Targets.Length, logits);
            _sequences.Backward(net, logits, _gradient);
            _recurrentDropout?.ThinGradient(_gradient);
            Update();
            listener?.OnUpdate(Epoch + 1, sums.Events, all, sums);
        }

        return sums;
    }

    private void Update()
    {
        NoteRnnWeights weights = Model.Weights;
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            if (variable.IsKernel && Options.L2 > 0)
            {
                Span<float> gradient = _gradient.Values.AsSpan(variable.Offset, variable.Length);
                TensorPrimitives.MultiplyAdd(weights.Values.AsSpan(variable.Offset, variable.Length), Options.L2, gradient, gradient);
            }
        }

        // The mean moves at first over about the last ninth of the updates, so that the random beginning is soon forgotten.
        float toMean = Options.AverageDecay == 0 ? 1 : Math.Max(1 - Options.AverageDecay, 9f / (10 + Updates));
        float norm = VectorMath.Norm(_gradient.Values);
        _adam.NextStep();
        _adam.Update(
            weights.Values, _gradient.Values, 0, norm > Options.ClipNorm ? Options.ClipNorm / norm : 1, LearningRate(Updates), _average.Values, toMean);
        Updates++;
    }

    private float LearningRate(long update) => Options.LearningRate * MathF.Pow(Options.DecayRate, update / Options.DecaySteps);
}
