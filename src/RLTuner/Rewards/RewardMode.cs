namespace RLTuner.Rewards;

/// <summary>What a melody is rewarded for, by the original's names. <see cref="RulePresets"/> says which rules each stands for.</summary>
public enum RewardMode
{
    /// <summary>Climbing a scale; a first exercise.</summary>
    Scale,

    /// <summary>Playing pitches of the key.</summary>
    Key,

    /// <summary>Staying in the key, and the tonic at both ends.</summary>
    KeyAndTonic,

    /// <summary>Not repeating.</summary>
    NonRepeating,

    /// <summary>Key, tonic and no repetition, without the Note RNN's likelihood.</summary>
    MusicTheoryRandom,

    /// <summary>Key, tonic and no repetition, with the Note RNN's likelihood.</summary>
    MusicTheoryBasic,

    /// <summary>As <see cref="MusicTheoryBasic"/>, and variety.</summary>
    MusicTheoryBasicPlusVariety,

    /// <summary>Preferred intervals alone.</summary>
    PreferredIntervals,

    /// <summary>All nine rules without the Note RNN's likelihood.</summary>
    MusicTheoryOnly,

    /// <summary>All nine rules with the Note RNN's likelihood: the default.</summary>
    MusicTheoryAll,
}
