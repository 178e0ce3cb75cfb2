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

    public static string Autocorrelation(int lag) => $"autocorrelation_{lag}";
}
