namespace RLTuner.Learning.PolicyGradient;

/// <summary>
/// Finds what a nat of distance must cost for a net to stay at a target distance: with e the relative error of the distance's running mean,
/// log β = b + 2·e, and b += e/100, both within bounds. So β answers at once to where the net is, and slowly learns what holds it there. While the
/// distance still grows towards the target, b waits: else it would fall all the way there and the net would shoot far past it.
/// </summary>
/// <param name="target">The distance to hold, in nats a melody, more than 0.</param>
internal sealed class KlController(double target)
{
    private const double Kept = 0.9, Gain = 2, Rate = 0.01, LargestError = 1, LargestStep = 0.5;

    private double _mean = double.NaN, _bias;

    /// <summary>β.</summary>
    public double Weight { get; private set; } = Math.Exp(-Gain);

    /// <summary>Learns how far the net was at an update.</summary>
    public void Observe(double distance)
    {
        double before = double.IsNaN(_mean) ? distance : _mean;
        _mean = (Kept * before) + ((1 - Kept) * distance);
        double error = (_mean / target) - 1;
        if (error > 0 || _mean <= before)
        {
            _bias += Rate * Math.Clamp(error, -LargestStep, LargestStep);
        }

        Weight = Math.Exp(_bias + (Gain * Math.Clamp(error, -LargestError, LargestError)));
    }

    /// <summary>Writes what it knows.</summary>
    public void Save(BinaryWriter section)
    {
        section.Write(_mean);
        section.Write(_bias);
        section.Write(Weight);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader section) => (_mean, _bias, Weight) = (section.ReadDouble(), section.ReadDouble(), section.ReadDouble());
}
