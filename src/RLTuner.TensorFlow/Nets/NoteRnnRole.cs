namespace RLTuner.TensorFlow.Nets;

/// <summary>Which of the nets that a tuned checkpoint of the original program holds.</summary>
public enum NoteRnnRole
{
    /// <summary>The tuned net, <c>q_network/</c>; in a checkpoint of a single net, that one.</summary>
    QNetwork,

    /// <summary>Its slowly following copy, <c>target_q_network/</c>.</summary>
    TargetQNetwork,

    /// <summary>The Note RNN that the tuning began with, <c>reward_rnn/</c>.</summary>
    RewardRnn,
}
