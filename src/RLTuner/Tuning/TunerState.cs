using System.Globalization;
using System.Runtime.InteropServices;
using RLTuner.Files;
using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>The whole state of a run as a file: weights, optimiser, target net, replay, random streams, the melody in progress, clocks, sums.</summary>
public sealed partial class Tuner
{
    /// <summary>
    /// Writes everything that the rest of the run depends on, so that another tuner can go on to the same bytes. The file has a checksum and
    /// appears when it is complete.
    /// </summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="note">Anything that <see cref="RestoreState"/> is to give back.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveState(string path, string note = "") => StateFile.Write(path, writer =>
    {
        writer.Write(note);
        writer.Write(Signature());
        writer.Write(Step);
        writer.Write(_hasPlayed);
        writer.Write(_learnCalls);
        writer.Write(_storeCalls);
        writer.Write(_explorer.Clock);
        _actingRandom.Save(writer);
        _replayRandom.Save(writer);
        _window.Save(writer);
        _melody.Save(writer);
        Save(_learner.Tuned.Values, writer);
        Save(_learner.Target.Values, writer);
        Save(_learner.NoteRnn.Values, writer);
        Save(_learner.Gradient.Values, writer);
        (OptimizerState tuned, OptimizerState? prior) = _learner.SaveOptimizers();
        Save(tuned, writer);
        if (prior is not null)
        {
            Save(prior, writer);
        }

        _replay.Save(writer);
    });

    /// <summary>
    /// Goes on where another tuner stood. It must have been made of the same net, rules, primer and options, save for
    /// <see cref="TunerOptions.TrainingSteps"/> and <see cref="TunerOptions.Threads"/>; call it before <see cref="Run"/>.
    /// </summary>
    /// <param name="path">What <see cref="SaveState"/> wrote.</param>
    /// <returns>The note.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of a run with other options; this tuner is of no more use.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string RestoreState(string path)
    {
        string note = "";
        if (Step > 0)
        {
            throw new InvalidOperationException("a tuner that has begun cannot go on from another's state");
        }

        StateFile.Read(path, reader =>
        {
            note = reader.ReadString();
            string signature = reader.ReadString();
            if (signature != Signature())
            {
                throw new InvalidDataException($"expected the state of a run with {Signature()}, found {signature}");
            }

            Step = reader.ReadInt64();
            _hasPlayed = reader.ReadBoolean();
            _learnCalls = reader.ReadInt64();
            _storeCalls = reader.ReadInt64();
            _explorer.Clock = reader.ReadInt64();
            _actingRandom.Restore(reader);
            _replayRandom.Restore(reader);
            _window.Restore(reader);
            _melody.Restore(reader);
            NoteRnnShape shape = _learner.Tuned.Shape, priorShape = _learner.NoteRnn.Shape;
            _learner.Restore(
                Weights(shape, reader),
                Weights(shape, reader),
                Weights(priorShape, reader),
                Weights(shape, reader),
                Optimizer(shape, reader),
                _learner.TrainsPrior ? Optimizer(priorShape, reader) : null);
            _replay.Restore(reader);
        });
        return note;
    }

    /// <summary>What two runs must share for one to go on from the other's state.</summary>
    private string Signature()
    {
        TunerOptions o = _options;
        string rules = string.Join(' ', _rules.Rules.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Rule.Name}={entry.Weight:R}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_tuned.Shape}, lowest pitch {_noteRnn.Encoding.Lowest.MidiNumber}, metre {_timeSignature}, rules {rules}, {o.Compatibility}, {o.Algorithm.Name}, "
            + $"seed {o.Seed}, exploration {o.ExplorationMode} {o.ExplorationSteps} {o.RandomActionProbability:R} {o.StochasticObservations}, "
            + $"position input {o.PositionInput}, reward {o.RewardMode} x {o.RewardScaler:R}, melodies of {o.MelodyLength}, discount {o.Discount:R}, "
            + $"minibatch {o.MinibatchSize} of {o.MaxExperience}, target rate {o.TargetNetworkUpdateRate:R}, every {o.TrainEveryNth} of every {o.StoreEveryNth}, "
            + $"learning rate {o.LearningRate:R}, clip norm {o.ClipNorm:R}, windows of {o.OutputEveryNth}, {o.EvaluationMelodies} melodies to evaluate");
    }

    private static void Save(float[] values, BinaryWriter writer) => writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));

    private static void Save(OptimizerState optimizer, BinaryWriter writer)
    {
        Save(optimizer.Mean.Values, writer);
        Save(optimizer.Variance.Values, writer);
        writer.Write(optimizer.Steps);
    }

    private static NoteRnnWeights Weights(NoteRnnShape shape, BinaryReader reader)
    {
        NoteRnnWeights weights = new(shape);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.Values.AsSpan()));
        return weights;
    }

    private static OptimizerState Optimizer(NoteRnnShape shape, BinaryReader reader) =>
        new(Weights(shape, reader), Weights(shape, reader), reader.ReadInt64());
}
