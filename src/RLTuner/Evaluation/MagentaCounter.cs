using System.Collections.Immutable;
using RLTuner.Music.Analysis;

namespace RLTuner.Evaluation;

/// <summary>The original's names for what it counts.</summary>
internal static class MagentaCounter
{
    public const string NotesNotInKey = "notes_not_in_key";
    public const string NotesInMotif = "notes_in_motif";
    public const string NotesInRepeatedMotif = "notes_in_repeated_motif";
    public const string StartingTonic = "num_starting_tonic";
    public const string RepeatedNotes = "num_repeated_notes";
    public const string ResolvedLeaps = "num_resolved_leaps";
    public const string LeapTwice = "num_leap_twice";
    public const string HighUnique = "num_high_unique";
    public const string LowUnique = "num_low_unique";
    public const string Compositions = "num_compositions";
    public const string TotalNotes = "total_notes";

    /// <summary>The interval counters: the original's name, ours and what it really counts.</summary>
    public static ImmutableArray<(string Name, string Figure, string Description)> Intervals { get; } =
    [
        ("num_octave_jumps", "more_than_an_octave", "intervals wider than an octave, which the original calls octave jumps"),
        ("num_sevenths", "major_sevenths", "major sevenths; minor ones are not counted"),
        ("num_sixths", "major_sixths", "major sixths; minor ones are not counted"),
        ("num_fifths", "fifths", "fifths, save those from C and G"),
        ("num_in_key_preferred_intervals", "fifths_in_key", "fifths from C and G; the thirds of C major were meant to be counted too, and aren't"),
        ("num_fourths", "fourths", "fourths"),
        ("num_thirds", "major_thirds", "major thirds, save those from C and E; minor ones are not counted"),
        ("num_seconds", "major_seconds", "major seconds; minor ones are not counted"),
        ("num_rest_intervals", "rests", "classes 0 after a note other than C and G"),
        ("num_special_rest_intervals", "rests_on_tonic_or_fifth", "classes 0 after C and G"),
    ];

    /// <summary>All names.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        NotesNotInKey, NotesInMotif, NotesInRepeatedMotif, StartingTonic, RepeatedNotes, ResolvedLeaps, LeapTwice, HighUnique,
        LowUnique, Compositions, TotalNotes, .. Intervals.Select(counter => counter.Name),
    ];

    /// <summary>The counter of an interval, or nothing where the original has none.</summary>
    public static string? Of(MagentaInterval interval) => interval.Kind switch
    {
        MagentaIntervalKind.Rest => "num_rest_intervals",
        MagentaIntervalKind.SpecialRest => "num_special_rest_intervals",
        MagentaIntervalKind.InKeyFifth => "num_in_key_preferred_intervals",
        MagentaIntervalKind.Plain => interval.Semitones switch
        {
            2 => "num_seconds",
            4 => "num_thirds",
            5 => "num_fourths",
            7 => "num_fifths",
            9 => "num_sixths",
            11 => "num_sevenths",
            > 12 => "num_octave_jumps",
            _ => null,
        },
        _ => null,
    };
}
