using RLTuner.Corpus.Building;

namespace RLTuner.Cli.Display;

/// <summary>What to do about music that a corpus left out.</summary>
internal static class CorpusRemedies
{
    /// <summary>The option that would let such music in, null where none would.</summary>
    public static string? Remedy(this RejectionReason reason) => reason switch
    {
        RejectionReason.NotQuantizable => "a larger --steps-per-quarter",
        RejectionReason.OffGrid => "a larger --max-off-grid or --steps-per-quarter",
        RejectionReason.Polyphonic => "--keep-highest",
        RejectionReason.TooShort => "a smaller --min-bars",
        RejectionReason.TooLong => "a larger --max-steps-discard; beyond a million steps only --max-steps-truncate",
        RejectionReason.TooFewPitches => "a smaller --min-unique-pitches",
        RejectionReason.NotInKey => "a smaller --min-in-key",
        RejectionReason.Duplicate => "--keep-duplicates",
        _ => null,
    };
}
