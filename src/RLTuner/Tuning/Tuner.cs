using System.Globalization;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;
using RLTuner.Rules;
using RLTuner.Tuning.Exploration;
using RLTuner.Tuning.Replay;

namespace RLTuner.Tuning;

/// <summary>Tunes a Note RNN by deep Q-learning (Jaques et al. 2017): play a note, score it, remember it, sometimes learn, sometimes evaluate.</summary>
public sealed partial class Tuner
{
    private const int ProgressInterval = 1000;

    private readonly TunerOptions _options;
    private readonly RuleSet _rules;
    private readonly TimeSignature _timeSignature;
    private readonly IPrimer _primer;
    private readonly NoteRnnModel _noteRnn, _tuned;
    private readonly MelodyInProgress _melody;
    private readonly Explorer _explorer;
    private readonly RewardMix _mix;
    private readonly ReplayBuffer _replay;
    private readonly Minibatch _minibatch;
    private readonly Learner _learner;
    private readonly RandomSource _actingRandom, _replayRandom, _replayAhead;
    private readonly WindowSums _window;
    private readonly Partner _partner;
    private readonly Action<int> _restoreStates, _prefetch;
    private readonly int[] _nextPlaces;
    private readonly double[] _ruleScores;
    private long _learnCalls, _storeCalls;
    private bool _hasPlayed;

    /// <summary>Prepares a run.</summary>
    /// <param name="noteRnn">The net to tune; it stays as it is.</param>
    /// <param name="rules">The theory.</param>
    /// <param name="primer">What is heard before each melody.</param>
    /// <param name="timeSignature">The metre that rules assume.</param>
    /// <param name="options">Every number of the run.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or the net was itself tuned by G-learning.</exception>
    public Tuner(NoteRnnModel noteRnn, RuleSet rules, IPrimer primer, TimeSignature timeSignature, TunerOptions options)
    {
        ArgumentNullException.ThrowIfNull(noteRnn);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _rules = rules;
        _timeSignature = timeSignature;
        _primer = primer;
        if (noteRnn.Prior is not null)
        {
            throw new ArgumentException("expected a plain Note RNN, found one that G-learning tuned; tune the net it started from", nameof(noteRnn));
        }

        if (noteRnn.Shape.Inputs.Has<StepInput>())
        {
            throw new ArgumentException("expected a plain Note RNN, found one tuned with position input; tune the net it started from", nameof(noteRnn));
        }

        _noteRnn = noteRnn with { Weights = noteRnn.Weights.Clone() };
        NoteRnnWeights tuned = options.PositionInput ? noteRnn.Weights.With(new StepInput(options.MelodyLength)) : noteRnn.Weights.Clone();
        if (options.Algorithm.AddsPrior && options.Compatibility == Compatibility.Corrected)
        {
            // With G = 0 the first policy is the Note RNN's own.
            tuned.OutputKernel.Clear();
            tuned.OutputBias.Clear();
        }

        _tuned = noteRnn with { Weights = tuned, Prior = options.Algorithm.AddsPrior ? _noteRnn.Weights : null };
        _partner = new Partner(options.Threads);
        _learner = new Learner(tuned, tuned.Clone(), _noteRnn.Weights, options, _partner);
        _melody = new MelodyInProgress(_learner, noteRnn.Encoding, options, timeSignature, primer, new RandomSource(options.Seed, "priming"), _partner);
        _actingRandom = new RandomSource(options.Seed, "acting");
        _explorer = new Explorer(options, noteRnn.Encoding.ClassCount, _actingRandom);
        _mix = new RewardMix(options);
        _replay = new ReplayBuffer(noteRnn.Shape, options.MaxExperience, options.Algorithm.AddsPrior);
        _minibatch = new Minibatch(noteRnn.Shape, options.MinibatchSize);
        _replayRandom = new RandomSource(options.Seed, "replay");
        _replayAhead = new RandomSource(options.Seed, "replay");
        _nextPlaces = new int[options.MinibatchSize];
        _restoreStates = share => _replay.RestoreStates(_minibatch, share);
        _prefetch = share => _replay.Prefetch(_nextPlaces, share);
        _ruleScores = new double[rules.Rules.Length];
        _window = new WindowSums(rules, options.RewardScaler);
    }

    /// <summary>The net as tuned so far. With G-learning its <see cref="NoteRnnModel.Prior"/> is the Note RNN.</summary>
    public NoteRnnModel Tuned
    {
        get
        {
            // The learner writes what it learned into the weights of both nets.
            _ = _learner.Tuned;
            return _tuned;
        }
    }

    /// <summary>The gradient of the last update, before clipping; zero before the first.</summary>
    public NoteRnnWeights Gradient => _learner.Gradient;

    /// <summary>Notes played so far.</summary>
    public long Step { get; private set; }

    /// <summary>
    /// Plays and learns until the training steps are done, the listener has enough, or <paramref name="stop"/> asks to stop; in each case the last
    /// window is reported.
    /// </summary>
    /// <param name="listener">Hears of progress; <see cref="TuningListeners"/> joins several.</param>
    /// <param name="stop">Stops after the current step, or after the next one where a window has just ended: the last window holds a note.</param>
    /// <exception cref="TuningDivergedException">The loss is no longer a number.</exception>
    public void Run(ITuningListener? listener = null, CancellationToken stop = default)
    {
        _partner.Start();
        try
        {
            PlayAndLearn(listener, stop);
        }
        finally
        {
            _partner.Stop();
        }
    }

    private void PlayAndLearn(ITuningListener? listener, CancellationToken stop)
    {
        if (Step == 0)
        {
            _melody.Prime();
        }

        // A restored run may stand between playing a note and learning.
        while (_hasPlayed || (Step < _options.TrainingSteps && !(stop.IsCancellationRequested && _window.Steps > 0)))
        {
            if (!_hasPlayed)
            {
                Play();
                _hasPlayed = true;
            }

            bool abandoned = false, full = WindowIsFull();
            if (full || Step == _options.TrainingSteps)
            {
                listener?.WindowEnding(this, last: !full);
            }

            if (full)
            {
                ReportWindow(listener, finished: false);
                if (listener is { HasEnough: true })
                {
                    return;
                }

                abandoned = LetEvaluationDisturb();
            }

            Learn();
            if (_melody.Ended || abandoned)
            {
                _melody.Prime();
            }

            _hasPlayed = false;
            if (Step % ProgressInterval == 0)
            {
                listener?.Progressed(Step, _explorer.Epsilon);
            }
        }

        if (Step < _options.TrainingSteps)
        {
            listener?.WindowEnding(this, last: true);
        }

        ReportWindow(listener, finished: true);
    }

    private void Play()
    {
        _melody.Listen();
        Choice choice = _explorer.Choose(_melody.Scores);
        double reward = Score(choice.Played);
        Remember(choice, (float)reward);
        _melody.Play(choice.Played);
        Step++;
    }

    private double Score(int played)
    {
        MelodyEvent next = _noteRnn.Encoding.EventOf(played);
        double theory = _rules.Score(_melody.Events, next, _ruleScores);
        double logProbability = _melody.LogProbability(played);
        double reward = _mix.Mix(theory, logProbability);
        _window.Add(reward, theory, logProbability, _ruleScores);
        return reward;
    }

    private void Remember(Choice choice, float reward)
    {
        if (_storeCalls++ % _options.StoreEveryNth == 0)
        {
            // The original lets targets look past the end of the melody.
            bool ended = _options.Compatibility == Compatibility.Corrected && _melody.Events.Count == _options.MelodyLength - 1;
            _replay.Add(
                new Transition(_melody.Heard, choice.Credited, reward, choice.Played, ended, _melody.Events.Count), _melody.State, _melody.NextState, _melody.NextPriorState);
        }
    }

    /// <summary>Learns at every nth call, counted from the first at which a whole minibatch is there.</summary>
    private void Learn()
    {
        if (_replay.Count < _options.MinibatchSize)
        {
            return;
        }

        if (_learnCalls++ % _options.TrainEveryNth == 0)
        {
            _replay.Draw(_minibatch, _replayRandom);
            _partner.Both(_restoreStates);
            double loss = _learner.Update(_minibatch);
            if (!double.IsFinite(loss))
            {
                throw new TuningDivergedException(Step);
            }

            _window.AddUpdate(loss, _learner.TargetValues);
            PrefetchNextBatch();
        }
    }

    private void PrefetchNextBatch()
    {
        long stores = StoresBefore(_storeCalls + _options.TrainEveryNth) - StoresBefore(_storeCalls);
        _replayAhead.State = _replayRandom.State;
        ReplayBuffer.Guess(_nextPlaces, (int)Math.Min(_replay.Count + stores, _options.MaxExperience), _replayAhead);
        _partner.Both(_prefetch);
    }

    private long StoresBefore(long calls) => (calls + _options.StoreEveryNth - 1) / _options.StoreEveryNth;

    /// <summary>The original counts steps from 0 and reports after step n, so its first window holds n + 1 notes.</summary>
    private bool WindowIsFull()
    {
        long step = _options.Compatibility == Compatibility.Magenta ? Step - 1 : Step;
        return step > 0 && step % _options.OutputEveryNth == 0 && Step < _options.TrainingSteps;
    }

    private void ReportWindow(ITuningListener? listener, bool finished)
    {
        if (_window.Steps == 0)
        {
            return;
        }

        if (listener is not null)
        {
            long step = _options.Compatibility == Compatibility.Magenta && !finished ? Step - 1 : Step;
            listener.WindowEnded(Window(step, Evaluate(step), finished), Tuned);
        }

        _window.Clear();
    }

    /// <summary>Composes without exploring, on random streams of its own: learning goes on as if it had not happened.</summary>
    private PolicyReward Evaluate(long step)
    {
        ulong seed = new RandomSource(_options.Seed, string.Create(CultureInfo.InvariantCulture, $"evaluation at {step}")).NextBits();
        NoteRnnPolicy tuned = new(Tuned);
        IReadOnlyList<Composition> melodies =
            new Composer(tuned, _primer) { Threads = _options.Threads }.Compose(_options.EvaluationMelodies, _options.MelodyLength, seed);
        return PolicyReward.Of(melodies, _rules, new NoteRnnPolicy(_noteRnn), _timeSignature, tuned, _options.Threads);
    }

    private TuningWindow Window(long step, PolicyReward evaluation, bool finished)
    {
        Estimate total = evaluation.Mean(_mix.Mix);
        Estimate theory = evaluation.Mean((theory, _) => _options.RewardScaler * theory), noteRnn = evaluation.Mean((_, noteRnn) => noteRnn);
        return new TuningWindow
        {
            Step = step,
            Steps = _window.Steps,
            Train = _window.Train,
            Rules = _window.Rules,
            Evaluation = new(total.Value, theory.Value, noteRnn.Value),
            EvaluationError = new(total.StandardError, theory.StandardError, noteRnn.StandardError),
            EvaluationMelodies = evaluation.Melodies,
            LastStepEvaluation = _options.Compatibility == Compatibility.Magenta ? LastStep(evaluation) : null,
            Policy = new(evaluation.Divergence.Value, evaluation.Entropy.Value, evaluation.Distinct),
            Exploration = _explorer.Epsilon,
            Loss = _window.Loss,
            Targets = _window.Targets,
            Finished = finished,
        };
    }

    private RewardSums LastStep(PolicyReward evaluation) => new(
        _mix.Mix(evaluation.LastTheory, evaluation.LastNoteRnn), _options.RewardScaler * evaluation.LastTheory, evaluation.LastNoteRnn);

    /// <summary>In the original, evaluating moves the exploration clock and cuts the running melody short.</summary>
    private bool LetEvaluationDisturb()
    {
        if (_options.Compatibility == Compatibility.Corrected)
        {
            return false;
        }

        _explorer.Skip((long)_options.EvaluationMelodies * _options.MelodyLength);
        return true;
    }
}
