namespace RLTuner.Music.Analysis;

/// <summary>
/// The bar that an event belongs to, as it stands after that event, held against the bars before it. The default value is the
/// time before the first bar.
/// </summary>
public readonly record struct BarForm
{
    /// <summary>Events of the bar so far, from 1 to the length of a bar.</summary>
    public int Steps { get; init; }

    /// <summary>Notes attacked in the bar.</summary>
    public int Attacks { get; init; }

    /// <summary>Steps of the bar at which nothing sounds.</summary>
    public int SilentSteps { get; init; }

    /// <summary>Attacks that make a motif, at least.</summary>
    public const int LeastMotif = 3;

    /// <summary>
    /// How many attacks of the bar, from its beginning on, come at the same steps and move by the same number of scale steps as those
    /// that an earlier bar began with.
    /// </summary>
    public int MotifAttacks { get; init; }

    /// <summary>Whether these attacks are not all of one pitch.</summary>
    public bool MotifMoves { get; init; }

    /// <summary>Whether these attacks are a motif: at least three, not all of one pitch.</summary>
    public bool MotifReturns => MotifAttacks >= LeastMotif && MotifMoves;

    /// <summary>Whether the first half is over and had its attacks where the first half of an earlier bar had them (and had any).</summary>
    public bool RhythmReturns { get; init; }

    /// <summary>Whether the attacks of the first half divide it into unequal lengths.</summary>
    public bool RhythmVaries { get; init; }

    /// <summary>Earlier bars that began with at least three attacks as a bar before them did, not all of one pitch.</summary>
    public int MotifsBefore { get; init; }

    /// <summary>Earlier bars whose first half had a rhythm of unequal lengths that the first half of a bar before them had.</summary>
    public int RhythmsBefore { get; init; }

    /// <summary>Once a half bar is over: how many earlier half bars were the same; 0 where it has no attack.</summary>
    public int HalfBarsAlike { get; init; }

    /// <summary>Once a half bar is over: how many half bars just before it, in a row, were the same.</summary>
    public int HalfBarsInARow { get; init; }

    /// <summary>Once a half bar is over: how many half bars in a row, it included, were each the same as the one two before; two of them repeat a bar.</summary>
    public int HalfBarsABarApart { get; init; }

    /// <summary>Whether a note sounds.</summary>
    public bool IsSounding { get; init; }

    internal ulong LastHalf { get; init; }

    internal ulong HalfBeforeLast { get; init; }

    internal ulong Events { get; init; }

    internal ulong Onsets { get; init; }

    internal ulong Motif { get; init; }

    internal bool IsMotif { get; init; }

    internal Pitch Latest { get; init; }

    /// <summary>The step of the latest attack within the bar.</summary>
    internal int LatestOnset { get; init; }

    internal int FirstLength { get; init; }
}
