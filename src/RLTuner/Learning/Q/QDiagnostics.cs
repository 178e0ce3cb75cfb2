using System.Collections.Immutable;

namespace RLTuner.Learning.Q;

/// <summary>Adds up what updates were like, without allocating: loss, and the targets y that scores were moved towards.</summary>
internal sealed class QDiagnostics
{
    private double _loss, _target;
    private float _lowest = float.PositiveInfinity, _highest = float.NegativeInfinity;
    private long _updates, _targets;

    /// <summary>Adds an update.</summary>
    public void Add(double loss, ReadOnlySpan<float> targets)
    {
        _loss += loss;
        _updates++;
        _targets += targets.Length;
        double sum = 0;
        float lowest = _lowest, highest = _highest;
        foreach (float target in targets)
        {
            sum += target;
            lowest = target < lowest ? target : lowest;
            highest = target > highest ? target : highest;
        }

        _target += sum;
        _lowest = lowest;
        _highest = highest;
    }

    /// <summary>The figures, and a new beginning.</summary>
    /// <param name="epsilon">The chance of a random note now.</param>
    public ImmutableArray<Diagnostic> Take(double epsilon)
    {
        ImmutableArray<Diagnostic> taken =
        [
            new("loss", _loss / _updates),
            new("target", _target / _targets, _targets == 0 ? null : _lowest, _targets == 0 ? null : _highest),
            new("exploration", epsilon),
        ];
        _loss = _target = 0;
        _updates = _targets = 0;
        (_lowest, _highest) = (float.PositiveInfinity, float.NegativeInfinity);
        return taken;
    }

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter section)
    {
        section.Write(_loss);
        section.Write(_updates);
        section.Write(_target);
        section.Write(_targets);
        section.Write(_lowest);
        section.Write(_highest);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader section)
    {
        (_loss, _updates) = (section.ReadDouble(), section.ReadInt64());
        (_target, _targets) = (section.ReadDouble(), section.ReadInt64());
        (_lowest, _highest) = (section.ReadSingle(), section.ReadSingle());
    }
}
