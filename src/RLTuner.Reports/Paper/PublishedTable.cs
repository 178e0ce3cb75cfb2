using System.Collections.Immutable;
using System.Globalization;

namespace RLTuner.Reports.Paper;

/// <summary>A number as it was printed: what it is, and how far from it what was rounded to it may be.</summary>
/// <param name="Text">The print.</param>
internal sealed record PrintedNumber(string Text)
{
    private const string Percent = " %";

    private bool IsPercent => Text.EndsWith(Percent, StringComparison.Ordinal);

    private string Digits => IsPercent ? Text[..^Percent.Length] : Text;

    /// <summary>The number; of a share, 0 to 1.</summary>
    public double Value => double.Parse(Digits, CultureInfo.InvariantCulture) / (IsPercent ? 100 : 1);

    /// <summary>Digits after the point.</summary>
    public int Decimals => Digits.Contains('.', StringComparison.Ordinal) ? Digits.Length - Digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0;

    /// <summary>Half a unit of the last digit.</summary>
    public double Rounding => 0.5 * Math.Pow(10, -Decimals) / (IsPercent ? 100 : 1);
}

/// <summary>A row of the table: a figure of four nets.</summary>
/// <param name="Figure">Its name in docs/metrics.md.</param>
/// <param name="Words">What the paper calls it.</param>
/// <param name="Printed">The Note RNN, Q, Ψ and G.</param>
internal sealed record PublishedRow(string Figure, string Words, ImmutableArray<PrintedNumber> Printed);

/// <summary>A window of the notebook's run: sums over 50,000 notes.</summary>
internal sealed record PublishedWindow(long Step, double Total, double Theory, double NoteRnn);

/// <summary>What was published: Table 1 of Jaques et al. 2017 (arXiv 1611.02796), 100,000 melodies a net, and the run in the program's notebook.</summary>
internal static class PublishedTable
{
    /// <summary>Notes that a net played while it learned.</summary>
    public const long TrainingSteps = 1_000_000;

    public static ImmutableArray<string> Nets { get; } = ["Note RNN", "Q", "Ψ", "G"];

    public static ImmutableArray<PublishedRow> Rows { get; } =
    [
        Row("excessively_repeated", "notes excessively repeated", "63.3 %", "0.0 %", "0.02 %", "0.03 %"),
        Row("autocorrelation_1", "autocorrelation at lag 1", "-0.16", "-0.11", "-0.10", "0.55"),
        Row("autocorrelation_2", "autocorrelation at lag 2", "0.14", "0.03", "-0.01", "0.31"),
        Row("autocorrelation_3", "autocorrelation at lag 3", "-0.13", "0.03", "0.01", "0.17"),
        Row(NotInKey, "notes not in key", "0.1 %", "1.00 %", "0.60 %", "28.7 %"),
        Row(OnTonic, "starting on the tonic", "0.9 %", "28.8 %", "28.7 %", "0.0 %"),
        Row("leaps_resolved", "leaps resolved", "77.2 %", "91.1 %", "90.0 %", "52.2 %"),
        Row("unique_highest", "with a unique highest note", "64.7 %", "56.4 %", "59.4 %", "37.1 %"),
        Row("unique_lowest", "with a unique lowest note", "49.4 %", "51.9 %", "58.3 %", "56.5 %"),
        Row("notes_in_motif", "notes in a motif", "5.9 %", "75.7 %", "73.8 %", "69.3 %"),
        Row("notes_in_repeated_motif", "notes in a repeated motif", "0.007 %", "0.11 %", "0.09 %", "0.01 %"),
    ];

    /// <summary>Q, ε-greedy, a reward scaler of 1.</summary>
    public static ImmutableArray<PublishedWindow> Curve { get; } =
    [
        new(50_000, -271_441, -19_212, -252_228),
        new(250_000, -195_172, 8_495, -203_667),
        new(500_000, -69_201, 37_485, -106_686),
        new(750_000, -56_647, 44_130, -100_777),
        new(950_000, -62_723, 37_326, -100_049),
    ];

    /// <summary>The row that may have been exchanged with another in print; null for others.</summary>
    public static PublishedRow? ExchangedWith(PublishedRow row) => row.Figure switch
    {
        NotInKey => Rows.Single(other => other.Figure == OnTonic),
        OnTonic => Rows.Single(other => other.Figure == NotInKey),
        _ => null,
    };

    private const string NotInKey = "notes_not_in_key", OnTonic = "starting_on_tonic";

    private static PublishedRow Row(string figure, string words, params string[] printed) => new(figure, words, [.. printed.Select(text => new PrintedNumber(text))]);
}
