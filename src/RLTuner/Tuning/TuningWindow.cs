using System.Collections.Immutable;
using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>Rewards by source.</summary>
/// <param name="Total">What the learner got.</param>
/// <param name="Theory">The rules' part, scaled as in the total.</param>
/// <param name="NoteRnn">log p under the Note RNN, whether or not the total counts it.</param>
public readonly record struct RewardSums(double Total, double Theory, double NoteRnn);

/// <summary>What happened between two reports.</summary>
/// <param name="Step">Notes played since the run began.</param>
/// <param name="Steps">Notes played in this window.</param>
/// <param name="Train">Sums over the window's notes.</param>
/// <param name="Rules">Sum over the window of each rule's score, weighted and scaled, by name; they add up to the theory.</param>
/// <param name="Evaluation">Means over melodies of sums over their steps, sampled from the policy without exploration.</param>
/// <param name="LastStepEvaluation">The original's own figure, the mean reward of each melody's last step; only in compatible mode.</param>
/// <param name="Exploration">Epsilon at the end of the window; 0 in Boltzmann mode.</param>
/// <param name="Loss">Mean loss of the window's updates; NaN where there was none.</param>
/// <param name="Finished">Whether this is the run's last window.</param>
public sealed record TuningWindow(
    long Step,
    long Steps,
    RewardSums Train,
    ImmutableArray<(string Name, double Sum)> Rules,
    RewardSums Evaluation,
    RewardSums? LastStepEvaluation,
    double Exploration,
    double Loss,
    bool Finished);

/// <summary>Hears of a tuning run as it goes. Called on the tuning thread, which waits.</summary>
public interface ITuningListener
{
    /// <summary>Called every thousand notes.</summary>
    /// <param name="step">Notes played.</param>
    /// <param name="exploration">Epsilon now.</param>
    void Progressed(long step, double exploration)
    {
    }

    /// <summary>Called at the end of a window.</summary>
    /// <param name="window">What happened in it.</param>
    /// <param name="net">The net as tuned so far; later steps change it, so copy or save it at once.</param>
    void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
    }
}
