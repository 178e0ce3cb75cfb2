namespace RLTuner.Tuning;

/// <summary>The loss of an update is infinite or no number; what was learned before is in the last window's net.</summary>
/// <param name="step">Notes played until then.</param>
public sealed class TuningDivergedException(long step) : Exception(
    FormattableString.Invariant($"tuning diverged at step {step}: the loss is no longer a number. Try a smaller --learning-rate or --reward-scaler."))
{
    /// <summary>Notes played until then.</summary>
    public long Step { get; } = step;
}
