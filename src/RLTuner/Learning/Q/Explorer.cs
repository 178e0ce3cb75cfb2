using System.Numerics.Tensors;
using RLTuner.Numerics;

namespace RLTuner.Learning.Q;

/// <summary>A choice of note.</summary>
/// <param name="Played">The class that is played, heard and scored.</param>
/// <param name="Credited">The class whose score learns from it; differs only where the original's defect is reproduced.</param>
internal readonly record struct Choice(int Played, int Credited);

/// <summary>Chooses notes from scores, and keeps the exploration clock.</summary>
internal sealed class Explorer
{
    private readonly QOptions _options;
    private readonly Quirks _quirks;
    private readonly long _explorationSteps;
    private readonly RandomSource _random;
    private readonly float[] _scratch;
    private readonly int _randomClasses;

    /// <summary>Creates an explorer.</summary>
    /// <param name="options">Mode and schedule.</param>
    /// <param name="quirks">Oddities of the published program.</param>
    /// <param name="classes">Number of actions.</param>
    /// <param name="random">The stream for acting.</param>
    public Explorer(QOptions options, Quirks quirks, int classes, RandomSource random)
    {
        _options = options;
        _quirks = quirks;
        _explorationSteps = options.ExplorationSteps
            ?? throw new ArgumentException("expected the exploration steps filled in, found none", nameof(options));
        _random = random;
        _scratch = new float[classes];

        // The original never draws the highest note (docs/differences-from-magenta.md, row 9).
        _randomClasses = quirks.Has(Quirks.NeverDrawsHighest) ? classes - 1 : classes;
    }

    /// <summary>Actions so far, as the schedule counts them.</summary>
    public long Clock { get; set; }

    /// <summary>The chance of a random note at the next action: falls in a line from 1 to the final value. 0 in Boltzmann mode.</summary>
    public double Epsilon => EpsilonAt(Clock + 1);

    /// <summary>Lets time pass without an action, as the original's evaluation does.</summary>
    public void Skip(long actions) => Clock += actions;

    /// <summary>Chooses the next note.</summary>
    /// <param name="scores">One score a class.</param>
    public Choice Choose(ReadOnlySpan<float> scores)
    {
        Clock++;
        if (_options.ExplorationMode == ExplorationMode.EpsilonGreedy && _random.NextDouble() < EpsilonAt(Clock))
        {
            int any = _random.Next(_randomClasses);
            return new Choice(any, any);
        }

        int best = TensorPrimitives.IndexOfMax(scores);
        if (_options.ExplorationMode == ExplorationMode.EpsilonGreedy && !_options.StochasticObservations)
        {
            return new Choice(best, best);
        }

        int sampled = Softmax.Sample(scores, _random, _scratch);
        return new Choice(sampled, _quirks.Has(Quirks.CreditsBest) ? best : sampled);
    }

    private double EpsilonAt(long action)
    {
        double final = _options.RandomActionProbability;
        return _options.ExplorationMode == ExplorationMode.Boltzmann ? 0
            : action >= _explorationSteps ? final
            : 1 - (action * (1 - final) / _explorationSteps);
    }
}
