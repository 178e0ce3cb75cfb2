namespace RLTuner.Corpus.Building;

/// <summary>Music that did not come into the corpus.</summary>
/// <param name="Name">The file or the piece.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">More of it: what was found, in the first of several fragments, and in which.</param>
/// <param name="Count">How many melodies or fragments.</param>
public sealed record Rejection(string Name, RejectionReason Reason, string Detail, int Count = 1);

/// <summary>Why music does not come into a corpus.</summary>
public enum RejectionReason
{
    /// <summary>The file or archive is damaged, too large or of another kind than its name says.</summary>
    Unreadable,

    /// <summary>There are no notes of pitched instruments.</summary>
    NoNotes,

    /// <summary>Bars or notes do not fit the grid of steps at all.</summary>
    NotQuantizable,

    /// <summary>Too many attacks lie off the grid.</summary>
    OffGrid,

    /// <summary>Two notes of a part start together.</summary>
    Polyphonic,

    /// <summary>Too few bars.</summary>
    TooShort,

    /// <summary>Too many steps.</summary>
    TooLong,

    /// <summary>Too few pitch classes.</summary>
    TooFewPitches,

    /// <summary>Too few notes in C major once moved there.</summary>
    NotInKey,

    /// <summary>A transposition of a melody that is kept.</summary>
    Duplicate,
}

/// <summary>Words for reasons.</summary>
public static class RejectionReasons
{
    /// <summary>The reason in a few words.</summary>
    public static string Text(this RejectionReason reason) => reason switch
    {
        RejectionReason.Unreadable => "cannot be read",
        RejectionReason.NoNotes => "no notes (drums are not read)",
        RejectionReason.NotQuantizable => "bars off the grid of steps",
        RejectionReason.OffGrid => "too many notes off the grid",
        RejectionReason.Polyphonic => "notes that start together",
        RejectionReason.TooShort => "too few bars",
        RejectionReason.TooLong => "too many steps",
        RejectionReason.TooFewPitches => "too few different pitches",
        RejectionReason.NotInKey => "too few notes in the key",
        _ => "a duplicate of another melody",
    };
}
