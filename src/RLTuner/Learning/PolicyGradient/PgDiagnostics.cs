using System.Collections.Immutable;

namespace RLTuner.Learning.PolicyGradient;

/// <summary>Adds up what updates were like, without allocating.</summary>
internal sealed class PgDiagnostics
{
    private static readonly ImmutableArray<string> Names = ["kl", "entropy", "kl-weight", "advantage-sd", "gradient-norm"];

    private readonly double[] _sums = new double[Names.Length];
    private long _updates;

    /// <summary>Adds an update.</summary>
    /// <param name="divergence">Mean distance of a melody from the Note RNN, in nats.</param>
    /// <param name="entropy">Mean entropy of a melody, in nats.</param>
    /// <param name="weight">What a nat cost.</param>
    /// <param name="deviation">Standard deviation of the advantages.</param>
    /// <param name="norm">The gradient's norm before clipping.</param>
    public void Add(double divergence, double entropy, double weight, double deviation, double norm)
    {
        _sums[0] += divergence;
        _sums[1] += entropy;
        _sums[2] += weight;
        _sums[3] += deviation;
        _sums[4] += norm;
        _updates++;
    }

    /// <summary>Their means, and a new beginning.</summary>
    public ImmutableArray<Diagnostic> Take()
    {
        ImmutableArray<Diagnostic> taken = [.. Names.Select((name, index) => new Diagnostic(name, _sums[index] / _updates))];
        _sums.AsSpan().Clear();
        _updates = 0;
        return taken;
    }

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter section)
    {
        section.Write(_updates);
        foreach (double sum in _sums)
        {
            section.Write(sum);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader section)
    {
        _updates = section.ReadInt64();
        foreach (ref double sum in _sums.AsSpan())
        {
            sum = section.ReadDouble();
        }
    }
}
