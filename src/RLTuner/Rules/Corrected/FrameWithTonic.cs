using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>
/// Rewards the tonic, in any octave, as the first note, on the last beat, and left to stand over the rest of that beat. The
/// reward comes at most five times a melody.
/// </summary>
/// <param name="key">The key whose tonic counts.</param>
/// <param name="reward">Paid each time.</param>
public sealed class FrameWithTonic(Key key, double reward = 3) : IRule
{
    private const int LastBeat = Melody.StepsPerQuarter;

    private enum Place
    {
        None,
        First,
        LastBeat,
        FirstAndLastBeat,
        Standing,
    }

    /// <inheritdoc/>
    public string Name => RuleNames.Tonic;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => Find(before, next) switch
    {
        Place.None => 0,
        Place.FirstAndLastBeat => 2 * reward,
        _ => reward,
    };

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Find(before, next) switch
    {
        Place.None => "",
        Place.Standing => $"The tonic, {before.Attacks.Latest}, is left to stand at the end.",
        Place.LastBeat => $"The last beat comes home to the tonic, {next.Pitch}.",
        _ => $"The melody begins on the tonic, {next.Pitch}.",
    };

    private Place Find(MelodySoFar before, MelodyEvent next)
    {
        int stepsLeft = before.PlannedLength - before.Count;
        if (next.StartsNote)
        {
            bool first = before.Attacks.Count == 0;
            return !key.IsTonic(next.Pitch) ? Place.None
                : stepsLeft == LastBeat ? (first ? Place.FirstAndLastBeat : Place.LastBeat)
                : first ? Place.First
                : Place.None;
        }

        return stepsLeft is > 0 and < LastBeat && before.Attacks.Count > 0 && key.IsTonic(before.Attacks.Latest)
            ? Place.Standing
            : Place.None;
    }
}
