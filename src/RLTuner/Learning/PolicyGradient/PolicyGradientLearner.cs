using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.Learning.PolicyGradient;

/// <summary>
/// Policy gradient on whole melodies: play a batch, let each melody's notes be the likelier the better it went on from them than the others of the
/// batch did, and pay for each nat of distance from the Note RNN. REINFORCE (Williams 1992) with the others' mean as baseline (Kool et al. 2019; Ahmadian et al.
/// 2024), held near the data by KL control (Jaques et al. 2017) with the exact divergence at each step, through time.
/// </summary>
internal sealed class PolicyGradientLearner : ILearner
{
    /// <summary>Parts of a batch that threads may share out. Fixed, so that sums run in one order whoever does them.</summary>
    private const int Shares = 4;

    private readonly PgOptions _options;
    private readonly LearningTask _task;
    private readonly NoteRnnWeights _tuned;
    private readonly PlayedMelodies _played;
    private readonly ImmutableArray<Rollout> _rollouts;
    private readonly ClippedAdam _descent;
    private readonly KlController _controller;
    private readonly PgDiagnostics _diagnostics = new();
    private readonly ParallelOptions _threads;
    private readonly Action<int> _play, _differentiate;
    private float _weight, _scale;

    /// <summary>Prepares learning.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public PolicyGradientLearner(PgOptions options, LearningTask task)
    {
        options.Validate();
        _options = options;
        _task = task.Validated() with { NoteRnn = task.NoteRnn with { Weights = task.NoteRnn.Weights.Clone() } };
        _tuned = task.StartingWeights();
        _descent = new ClippedAdam(_tuned, options.LearningRate, options.ClipNorm);
        _controller = new KlController(options.TargetFor(task.MelodyLength));
        _played = new PlayedMelodies(options.BatchMelodies, task.MelodyLength, task.Reward.Rules.Rules.Length);
        int shares = Math.Min(Shares, options.BatchMelodies);
        _rollouts =
        [
            .. Enumerable.Range(0, shares).Select(share =>
            {
                int first = share * options.BatchMelodies / shares, end = (share + 1) * options.BatchMelodies / shares;
                return new Rollout(_task, _tuned, _played, first, end - first, options.EntropyWeight, new RandomSource(task.Seed, string.Create(CultureInfo.InvariantCulture, $"melodies of share {share}")));
            }),
        ];
        _threads = new ParallelOptions { MaxDegreeOfParallelism = task.Threads };
        _play = share => _rollouts[share].Play();
        _differentiate = share => _rollouts[share].Differentiate(_weight, _scale);
    }

    /// <inheritdoc/>
    public long Step { get; private set; }

    /// <inheritdoc/>
    public NoteRnnModel Snapshot() => _task.NoteRnn with { Weights = _tuned.Clone() };

    /// <inheritdoc/>
    public NoteRnnWeights Gradient() => _descent.Gradient.Clone();

    /// <inheritdoc/>
    public void Advance(long notes, IStepSink sink, CancellationToken stop)
    {
        for (long end = Step + notes; Step < end && !stop.IsCancellationRequested;)
        {
            Together(_play);
            Step += _played.Notes;
            for (int note = 0; note < _played.Notes; note++)
            {
                sink.Played(_task.Reward.Of(_played.Theory[note], _played.LogProbabilities[note]), _played.Theory[note], _played.LogProbabilities[note], _played.Rules(note));
            }

            Learn();
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> TakeDiagnostics() => _diagnostics.Take();

    /// <inheritdoc/>
    public IDisposable Working() => new NoThreads();

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("pg", section =>
        {
            section.Write(Step);
            _controller.Save(section);
            _diagnostics.Save(section);
        });
        for (int share = 0; share < _rollouts.Length; share++)
        {
            writer.Section(SectionOf(share), _rollouts[share].Save);
        }

        _descent.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("pg", section =>
        {
            Step = section.ReadInt64();
            _controller.Restore(section);
            _diagnostics.Restore(section);
        });
        for (int share = 0; share < _rollouts.Length; share++)
        {
            reader.Section(SectionOf(share), _rollouts[share].Restore);
        }

        _descent.Restore(reader);
    }

    private static string SectionOf(int share) => string.Create(CultureInfo.InvariantCulture, $"melodies.{share}");

    private void Learn()
    {
        double weight = _options.KlWeight ?? _controller.Weight;
        Advantages.Of(_played.Rewards, _played.Costs, weight, _played.Length, _played.Advantages);
        double deviation = Advantages.Clip(_played.Advantages), divergence = _played.PerMelody(_played.Divergences);
        (_weight, _scale) = ((float)weight, (float)(1 / (_played.Melodies * Math.Max(deviation, 1e-6))));
        Together(_differentiate);
        double norm = _descent.Descend(_rollouts.AsSpan());
        if (!double.IsFinite(norm) || !double.IsFinite(divergence))
        {
            throw new LearningDivergedException(Step);
        }

        _controller.Observe(divergence, _played.DeviationOfRewards());
        _diagnostics.Add(divergence, _played.PerMelody(_played.Entropies), weight, deviation, norm);
    }

    private void Together(Action<int> work) => Parallel.For(0, _rollouts.Length, _threads, work);

    /// <summary>The pool's threads share the work, and are there already.</summary>
    private sealed class NoThreads : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
