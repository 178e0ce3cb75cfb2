using RLTuner.Music;

namespace RLTuner.Composing;

/// <summary>Anything that says, after each event of a melody, how likely each next event is.</summary>
public interface IPolicy
{
    /// <summary>What the classes mean.</summary>
    MelodyEncoding Encoding { get; }

    /// <summary>
    /// Whether it knows how melodies begin. Such a policy reads <see cref="MelodyEncoding.NoEvent"/> before all else, and then says how likely each
    /// first event is.
    /// </summary>
    bool KnowsBeginnings => false;

    /// <summary>Starts reading melodies side by side, each from silence. Several runs may go on at once, each on a thread of its own.</summary>
    /// <param name="batch">How many melodies.</param>
    /// <param name="lengths">[batch]: the planned length of each; left out where it is not known.</param>
    IPolicyRun Begin(int batch, ReadOnlySpan<int> lengths = default);
}

/// <summary>A policy in the middle of some melodies.</summary>
public interface IPolicyRun
{
    /// <summary>Reads one more event of each melody.</summary>
    /// <param name="events">[batch] class numbers.</param>
    /// <param name="logits">Receives [batch, classes]: unnormalised log-probabilities of the next event.</param>
    /// <param name="positions">[batch]: which step of its melody comes next, from 0; negative, or left out, while priming.</param>
    void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default);

    /// <summary>A run of its own whose k-th melody goes on from where the <paramref name="rows"/>[k]-th of this one stands; this one stays as it is.</summary>
    /// <param name="rows">Rows of this run, each as often as it is to go on.</param>
    IPolicyRun Fork(ReadOnlySpan<int> rows);
}

/// <summary>What policies hear.</summary>
internal static class PolicyHearing
{
    /// <summary>All that a policy reads before a melody's first event: the primer, and nothing before it where the policy knows how melodies begin.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="primer">What is heard before the melody.</param>
    /// <param name="firstIsGiven">Whether the policy need not say the melody's first event.</param>
    /// <exception cref="ArgumentException">There is no primer, and the policy does not know how melodies begin.</exception>
    public static int[] Before(this IPolicy policy, ReadOnlySpan<int> primer, bool firstIsGiven) =>
        policy.KnowsBeginnings ? [MelodyEncoding.NoEvent, .. primer]
        : primer.IsEmpty && !firstIsGiven ? throw new ArgumentException("expected a primer, found none: the net was not taught how melodies begin", nameof(primer))
        : primer.ToArray();
}
