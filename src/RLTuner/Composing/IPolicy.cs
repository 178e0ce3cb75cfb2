using RLTuner.Music;

namespace RLTuner.Composing;

/// <summary>Anything that says, after each event of a melody, how likely each next event is.</summary>
public interface IPolicy
{
    /// <summary>What the classes mean.</summary>
    MelodyEncoding Encoding { get; }

    /// <summary>Starts reading melodies side by side, each from silence. Several runs may go on at once, each on a thread of its own.</summary>
    /// <param name="batch">How many melodies.</param>
    IPolicyRun Begin(int batch);
}

/// <summary>A policy in the middle of some melodies.</summary>
public interface IPolicyRun
{
    /// <summary>Reads one more event of each melody.</summary>
    /// <param name="events">[batch] class numbers.</param>
    /// <param name="logits">Receives [batch, classes]: unnormalised log-probabilities of the next event.</param>
    /// <param name="positions">[batch]: which step of its melody comes next, from 0; negative, or left out, while priming.</param>
    void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default);
}
