using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>Rewards a first step that attacks a note of the tonic triad.</summary>
/// <param name="key">The key.</param>
/// <param name="reward">Paid once.</param>
public sealed class Opening(Key key, double reward = .25) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Opening;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        before.Count == 0 && next.StartsNote && key.IsInTonicTriad(next.Pitch) ? reward : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : $"The melody begins at once, with {next.Pitch} of the tonic triad.";
}
