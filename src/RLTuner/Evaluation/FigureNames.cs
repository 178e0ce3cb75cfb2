namespace RLTuner.Evaluation;

/// <summary>Names of the figures that both statistics give, so that a table can set them side by side.</summary>
internal static class FigureNames
{
    public const string Melodies = "melodies";
    public const string Steps = "steps";
    public const string NotesNotInKey = "notes_not_in_key";
    public const string StartingOnTonic = "starting_on_tonic";
    public const string ExcessivelyRepeated = "excessively_repeated";
    public const string LeapsResolved = "leaps_resolved";
    public const string UniqueHighest = "unique_highest";
    public const string UniqueLowest = "unique_lowest";
    public const string NotesInMotif = "notes_in_motif";
    public const string NotesInRepeatedMotif = "notes_in_repeated_motif";

    /// <summary>What a window of tuning says of its melodies as music.</summary>
    public static IReadOnlyList<string> OfWindows { get; } =
    [
        "notes_per_bar", "on_eighth_grid", "on_beat", "note_length", "length_entropy", "ending_on_tonic",
        .. new HistogramDistances(0, 0, 0, 0, 0).Figures.Select(figure => figure.Name),
    ];

    public static string Autocorrelation(int lag) => $"autocorrelation_{lag}";
}
