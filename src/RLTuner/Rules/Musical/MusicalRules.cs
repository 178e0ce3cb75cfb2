using RLTuner.Music;
using RLTuner.Rules.Corrected;

namespace RLTuner.Rules.Musical;

/// <summary>The musical rule set: rules that tell tunes from spoiled ones. docs/rules.md has the evidence and how the amounts were found.</summary>
public static class MusicalRules
{
    /// <summary>Creates the set.</summary>
    /// <param name="key">The key that the melodies are in.</param>
    public static RuleSet Create(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new RuleSet(
        [
            new(new StayInKey(key)),
            new(new Opening(key)),
            new(new Cadence(key)),
            new(new Breathe()),
            new(new KeepMetre()),
            new(new VaryLengths()),
            new(new ReturnRhythm()),
            new(new MoveLikeTunes()),
            new(new LeadTheLine()),
            new(new RiseToOnePeak()),
            new(new ReturnMotif()),
            new(new AvoidLoops()),
        ]);
    }
}
