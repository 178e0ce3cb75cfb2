namespace RLTuner.Learning.PolicyGradient;

/// <summary>
/// Finds what a nat of distance must cost for a net to stay at a target distance. With e the relative error of the distance's running mean,
/// log κ = b + 2·e, and b grows by a share of e at each update; both errors bounded. So κ answers at once to where the net is, and b learns what holds it there.
/// While the net is on its way to the target and will soon be there, b waits: else it would fall all the way and the net would shoot far past.
/// A nat costs β = κ·s, where s is what the melodies' rewards differ by, so that all goes the same way whatever they are counted in.
/// </summary>
/// <param name="target">The distance to hold, in nats a melody, more than 0.</param>
internal sealed class KlController(double target)
{
    private const double Kept = 0.9, Gain = 2, Rate = 0.03, LargestError = 1, LargestStep = 0.5, LargestBias = 20;

    /// <summary>The net is on its way where so many more updates like the last would take it to the target.</summary>
    private const int Soon = 100;

    private const double FirstPrice = 0.15;

    private double _distance, _deviation, _bias = Math.Log(FirstPrice);

    /// <summary>β; 0 until something was seen.</summary>
    public double Weight { get; private set; }

    /// <summary>Learns what an update was like.</summary>
    /// <param name="distance">How far the net was, in nats a melody.</param>
    /// <param name="deviation">The standard deviation of what melodies were rewarded with; costs are not in it, or β would drive itself.</param>
    public void Observe(double distance, double deviation)
    {
        double before = _distance;
        _distance += (1 - Kept) * (distance - before);
        _deviation = _deviation == 0 ? deviation : _deviation + ((1 - Kept) * (deviation - _deviation));
        double error = (_distance / target) - 1;
        bool isComing = error < 0 && Soon * (_distance - before) > target - _distance;
        if (!isComing)
        {
            _bias = Math.Clamp(_bias + (Rate * Math.Clamp(error, -LargestStep, LargestStep)), -LargestBias, LargestBias);
        }

        Weight = _deviation * Math.Exp(_bias + (Gain * Math.Clamp(error, -LargestError, LargestError)));
    }

    /// <summary>Writes what it knows.</summary>
    public void Save(BinaryWriter section)
    {
        section.Write(_distance);
        section.Write(_deviation);
        section.Write(_bias);
        section.Write(Weight);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader section) =>
        (_distance, _deviation, _bias, Weight) = (section.ReadDouble(), section.ReadDouble(), section.ReadDouble(), section.ReadDouble());
}
