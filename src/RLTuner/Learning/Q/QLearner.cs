using System.Collections.Immutable;
using RLTuner.Files;
using RLTuner.Learning.Q.Replay;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.Learning.Q;

/// <summary>
/// Deep Q-learning (Mnih et al. 2015; Jaques et al. 2017): play a note, score it, remember it, and every few notes learn from a batch of what is
/// remembered. Ψ- and G-learning differ in their <see cref="Algorithm"/> alone.
/// </summary>
internal sealed class QLearner : ILearner, IInterruptible
{
    private readonly QOptions _options;
    private readonly LearningTask _task;
    private readonly NoteRnnModel _noteRnn;
    private readonly Partner _partner;
    private readonly Minibatch _minibatch;
    private readonly QNetworks _nets;
    private readonly MelodyInProgress _melody;
    private readonly RandomSource _actingRandom, _replayRandom, _replayAhead;
    private readonly Explorer _explorer;
    private readonly ReplayBuffer _replay;
    private readonly QDiagnostics _diagnostics = new();
    private readonly Action<int, int> _restoreStates, _prefetch;
    private readonly int[] _nextPlaces;
    private readonly double[] _ruleScores;
    private long _learnCalls, _storeCalls;
    private bool _isDue, _isCutShort, _isPrimed;

    /// <summary>Prepares learning.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public QLearner(QOptions options, LearningTask task)
    {
        options.Validate();
        (_options, _task) = (options, task.Validated());
        bool addsPrior = options.Method.AddsPrior;
        _noteRnn = task.NoteRnn with { Weights = task.NoteRnn.Weights.Clone() };
        NoteRnnWeights tuned = task.StartingWeights();
        if (addsPrior && !task.Quirks.Has(Quirks.KeepsOutputOfG))
        {
            // With G = 0 the first policy is the Note RNN's own.
            tuned.OutputKernel.Clear();
            tuned.OutputBias.Clear();
        }

        _partner = new Partner(task.Threads);
        _minibatch = new Minibatch(tuned.Shape, options.MinibatchSize);
        _nets = new QNetworks(tuned, _noteRnn.Weights, options, task.Quirks, _minibatch, _partner);
        _melody = new MelodyInProgress(task, _nets, addsPrior, _partner);
        _actingRandom = new RandomSource(task.Seed, "acting");
        _replayRandom = new RandomSource(task.Seed, "replay");
        _replayAhead = new RandomSource(task.Seed, "replay");
        _explorer = new Explorer(options, task.Quirks, _noteRnn.Encoding.ClassCount, _actingRandom);
        _replay = new ReplayBuffer(tuned.Shape, options.MaxExperience, addsPrior);
        _nextPlaces = new int[options.MinibatchSize];
        _restoreStates = (share, _) => _replay.RestoreStates(_minibatch, share);
        _prefetch = (share, _) => _replay.Prefetch(_nextPlaces, share);
        _ruleScores = new double[task.Reward.Rules.Rules.Length];
    }

    /// <inheritdoc/>
    public long Step { get; private set; }

    /// <inheritdoc/>
    public NoteRnnModel Snapshot() => _noteRnn with { Weights = _nets.Tuned(), Prior = _options.Method.AddsPrior ? _nets.NoteRnn() : null };

    /// <inheritdoc/>
    public NoteRnnWeights Gradient() => _nets.Gradient();

    /// <inheritdoc/>
    public IDisposable Working() => _partner.Working();

    /// <inheritdoc/>
    public void Advance(long notes, IStepSink sink, CancellationToken stop)
    {
        for (long end = Step + notes; Step < end && !stop.IsCancellationRequested;)
        {
            Settle();
            Play(sink);
            _isDue = true;
        }
    }

    /// <inheritdoc/>
    public void Settle()
    {
        if (_isDue)
        {
            Learn();
            _isDue = false;
        }

        if (!_isPrimed || _melody.Ended || _isCutShort)
        {
            _melody.Prime();
            _isPrimed = true;
            _isCutShort = false;
        }
    }

    /// <inheritdoc/>
    public void Interrupt(long notes)
    {
        _explorer.Skip(notes);
        _isCutShort = true;
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> TakeDiagnostics() => _diagnostics.Take(_explorer.Epsilon);

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("q", section =>
        {
            section.Write(Step);
            section.Write(_isPrimed);
            section.Write(_isDue);
            section.Write(_isCutShort);
            section.Write(_learnCalls);
            section.Write(_storeCalls);
            section.Write(_explorer.Clock);
            _diagnostics.Save(section);
        });
        writer.Section("acting", _actingRandom.Save);
        writer.Section("drawing", _replayRandom.Save);
        _melody.Save(writer);
        _nets.Save(writer);
        writer.Section("replay", _replay.Save);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("q", section =>
        {
            Step = section.ReadInt64();
            (_isPrimed, _isDue, _isCutShort) = (section.ReadBoolean(), section.ReadBoolean(), section.ReadBoolean());
            (_learnCalls, _storeCalls, _explorer.Clock) = (section.ReadInt64(), section.ReadInt64(), section.ReadInt64());
            _diagnostics.Restore(section);
        });
        reader.Section("acting", _actingRandom.Restore);
        reader.Section("drawing", _replayRandom.Restore);
        _melody.Restore(reader);
        _nets.Restore(reader);
        reader.Section("replay", _replay.Restore);
    }

    private void Play(IStepSink sink)
    {
        if (_melody.Given is { } given)
        {
            PlayGiven(given, sink);
            return;
        }

        _melody.Listen();
        Choice choice = _explorer.Choose(_melody.Scores);
        MelodyEvent next = _noteRnn.Encoding.EventOf(choice.Played);
        double theory = _task.Reward.Rules.Score(_melody.Events, next, _ruleScores);
        double logProbability = _melody.LogProbability(choice.Played);
        double reward = _task.Reward.Of(theory, logProbability);
        sink.Played(reward, theory, logProbability, _ruleScores);
        Remember(choice, (float)reward);
        _melody.Play(choice.Played);
        Step++;
    }

    /// <summary>Nobody chose it, so there is nothing to learn from it; but the melody's rules count it.</summary>
    private void PlayGiven(int given, IStepSink sink)
    {
        double theory = _task.Reward.Rules.Score(_melody.Events, _noteRnn.Encoding.EventOf(given), _ruleScores);
        sink.Played(_task.Reward.Of(theory, 0), theory, 0, _ruleScores);
        _melody.Play(given);
        Step++;
    }

    private void Remember(Choice choice, float reward)
    {
        if (_storeCalls++ % _options.StoreEveryNth == 0)
        {
            bool ended = !_task.Quirks.Has(Quirks.SeesPastTheEnd) && _melody.Events.Count == _task.MelodyLength - 1;
            _replay.Add(
                new Transition(choice.Credited, reward, ended),
                _melody.Inputs,
                _melody.InputsAfter(choice.Played),
                _melody.State,
                _melody.NextState,
                _melody.NextPriorState);
        }
    }

    /// <summary>Learns at every nth call, counted from the first at which a whole minibatch is there.</summary>
    private void Learn()
    {
        if (_replay.Count < _options.MinibatchSize || _learnCalls++ % _options.TrainEveryNth != 0)
        {
            return;
        }

        _replay.Draw(_minibatch, _replayRandom);
        _partner.Both(_restoreStates);
        double loss = _nets.Update();
        if (!double.IsFinite(loss))
        {
            throw new LearningDivergedException(Step);
        }

        _diagnostics.Add(loss, _nets.TargetValues);
        PrefetchNextBatch();
    }

    private void PrefetchNextBatch()
    {
        long stores = StoresBefore(_storeCalls + _options.TrainEveryNth) - StoresBefore(_storeCalls);
        _replayAhead.State = _replayRandom.State;
        ReplayBuffer.Guess(_nextPlaces, (int)Math.Min(_replay.Count + stores, _options.MaxExperience), _replayAhead);
        _partner.Both(_prefetch);
    }

    private long StoresBefore(long calls) => (calls + _options.StoreEveryNth - 1) / _options.StoreEveryNth;
}
