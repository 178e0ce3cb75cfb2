using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary>How well a run did where it paused.</summary>
public sealed record RunScore
{
    /// <summary>Which share of its notes it was to play by then.</summary>
    public required double Share { get; init; }

    /// <summary>Notes that it had played.</summary>
    public required long Step { get; init; }

    /// <summary>What a melody of its net earned then by the rules, not scaled, and log p, together; null where it was not measured.</summary>
    public required double? Score { get; init; }

    /// <summary>The score of a run as it stands.</summary>
    internal static RunScore Of(double share, RunResult result) => new() { Share = share, Step = result.Step, Score = Of(result.Metrics.After) };

    /// <summary>The score of a net.</summary>
    internal static double? Of(NetMetrics net) =>
        (net["theory_reward"]?.Value ?? double.NaN) + (net["note_rnn_log_probability"]?.Value ?? double.NaN) is var sum && double.IsFinite(sum) ? sum : null;

    /// <summary>Notes that a share of a run are.</summary>
    internal static long Goal(PlannedRun run, double share) => (long)Math.Ceiling(share * run.Plan.TrainingSteps);
}
