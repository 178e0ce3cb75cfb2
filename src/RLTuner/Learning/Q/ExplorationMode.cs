using System.Text.Json.Serialization;

namespace RLTuner.Learning.Q;

/// <summary>How notes are chosen while learning.</summary>
public enum ExplorationMode
{
    /// <summary>The best note, or with probability epsilon a random one.</summary>
    [JsonStringEnumMemberName("egreedy")]
    EpsilonGreedy,

    /// <summary>A note drawn from softmax of the scores.</summary>
    [JsonStringEnumMemberName("boltzmann")]
    Boltzmann,
}
