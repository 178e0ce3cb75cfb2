namespace RLTuner.Learning.PolicyGradient;

/// <summary>
/// Finds what a nat of distance must cost for a net to stay at a target distance. With e the relative error of the distance's running mean,
/// log β = b + 2·e, and b grows by a share of e at each update; both errors bounded. So β answers at once to where the net is, and b learns what holds it there.
/// While the net is on its way to the target and will soon be there, b waits: else it would fall all the way and the net would shoot far past.
/// </summary>
/// <param name="target">The distance to hold, in nats a melody, more than 0.</param>
internal sealed class KlController(double target)
{
    private const double Kept = 0.9, Gain = 2, Rate = 0.03, LargestError = 1, LargestStep = 0.5;

    /// <summary>The net is on its way where so many more updates like the last would take it to the target.</summary>
    private const int Soon = 100;

    private double _mean = double.NaN, _bias;

    /// <summary>β.</summary>
    public double Weight { get; private set; } = Math.Exp(-Gain);

    /// <summary>Learns how far the net was at an update.</summary>
    public void Observe(double distance)
    {
        double before = double.IsNaN(_mean) ? distance : _mean;
        _mean = (Kept * before) + ((1 - Kept) * distance);
        double error = (_mean / target) - 1;
        bool isComing = error < 0 && Soon * (_mean - before) > target - _mean;
        if (!isComing)
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
