using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RLTuner.Evaluation;
using RLTuner.Reports.Sweeps;

namespace RLTuner.Reports.Paper;

/// <summary>What repeating the paper came to, as Markdown: <c>paper-page.md</c> beside this file, with tables put in.</summary>
internal static class PaperPage
{
    /// <summary>The folder of the figures that the page shows.</summary>
    public const string FiguresName = "pictures";

    private const string Unknown = "–";

    /// <summary>What the corrected table has besides the paper's rows: name, words, and whether it was measured at all of the melodies.</summary>
    private static readonly ImmutableArray<(string Name, string Words)> More =
    [
        ("ending_on_tonic", "ending on the tonic"), ("different_melodies", "different melodies"), ("length_entropy", "entropy of lengths, bits (1,000 melodies)"),
        ("note_rnn_log_probability", "log p of a melody, nats (1,000 melodies)"), ("kl_from_note_rnn", "KL from the Note RNN, nats a step (1,000 melodies)"),
    ];

    private static readonly ImmutableArray<(string Name, string Words)> MoreCompatible =
        [("theory_reward", "theory reward of a melody (1,000 melodies)"), ("note_rnn_log_probability", "log p of a melody, nats (1,000 melodies)")];

    public static string Of(PaperTable table) => Resource.Text("paper-page.md")
        .Replace("{{seeds}}", Whole(table.SeedCount), StringComparison.Ordinal)
        .Replace("{{melodies}}", Whole(table.Melodies), StringComparison.Ordinal)
        .Replace("{{steps}}", Whole(table.Plan.TrainingSteps), StringComparison.Ordinal)
        .Replace("{{other-size}}", OtherSize(table), StringComparison.Ordinal)
        .Replace("{{net}}", $"{string.Join(" + ", table.Plan.NoteRnn.Layers)} units, {table.Plan.NoteRnn.Classes} classes, SHA-256 of its weights `{table.Plan.NoteRnn.Sha256[..12]}…`", StringComparison.Ordinal)
        .Replace("{{count}}", Count(table), StringComparison.Ordinal)
        .Replace("{{compatible}}", Compatible(table), StringComparison.Ordinal)
        .Replace("{{curve}}", Curve(table), StringComparison.Ordinal)
        .Replace("{{corrected}}", Corrected(table), StringComparison.Ordinal);

    private static string OtherSize(PaperTable table) => table.Plan.TrainingSteps == PublishedTable.TrainingSteps ? ""
        : FormattableString.Invariant($"\n**The paper's nets played {PublishedTable.TrainingSteps:N0} notes, these played {table.Plan.TrainingSteps:N0}: they cannot be held against each other.**\n");

    private static string Count(PaperTable table)
    {
        (PublishedRow Row, int Net, Verdict Verdict)[] cells =
            [.. PublishedTable.Rows.SelectMany(row => PublishedTable.Nets.Select((_, net) => (row, net, VerdictOn(table, row, net))))];
        string perNet = string.Join(", ", PublishedTable.Nets.Select((name, net) =>
            $"{name} {cells.Count(cell => cell.Net == net && cell.Verdict == Verdict.Reproduced)} of {PublishedTable.Rows.Length}"));
        string not = string.Join("; ", cells.Where(cell => cell.Verdict == Verdict.Not).GroupBy(cell => cell.Net).OrderBy(net => net.Key)
            .Select(net => $"{PublishedTable.Nets[net.Key]}: {string.Join(", ", net.Select(cell => cell.Row.Words))}"));
        return $"Of {cells.Length} numbers {Of(Verdict.Reproduced)} are reproduced ({perNet}), {Of(Verdict.Either)} may be, {Of(Verdict.Exchanged)} are exchanged in print, {Of(Verdict.Not)} are not reproduced{(not.Length > 0 ? $" ({not})" : "")}.";

        string Of(Verdict verdict) => Whole(cells.Count(cell => cell.Verdict == verdict));
    }

    private static string Compatible(PaperTable table) => Table(
        table.Compatible.Select(column => column.Name),
        PublishedTable.Rows.Select(row => (row.Words, table.Compatible.Select((column, net) => net < PublishedTable.Nets.Length
            ? $"{Cell(row.Figure, column, row, asOriginal: true)} ({Print(row, net)}) {Mark(VerdictOn(table, row, net))}"
            : Cell(row.Figure, column, row, asOriginal: true))))
        .Concat(MoreCompatible.Select(figure => (figure.Words, table.Compatible.Select(column => Cell(figure.Name, column, null, asOriginal: true))))));

    private static string Corrected(PaperTable table) => Table(
        table.Corrected.Select(column => column.Name),
        PublishedTable.Rows.Select(row => (row.Words, table.Corrected.Select((column, net) =>
            $"{Cell(row.Figure, column, row, asOriginal: false)}{(net > 0 && net < PublishedTable.Nets.Length ? $" ({Print(row, net)}) {Direction(table, row, net)}" : "")}")))
        .Concat(More.Select(figure => (figure.Words, table.Corrected.Select(column => Cell(figure.Name, column, null, asOriginal: false))))));

    private static string Curve(PaperTable table)
    {
        IEnumerable<(string, IEnumerable<string>)> rows = PublishedTable.Curve.Select(published => (
            published.Step.ToString("N0", CultureInfo.InvariantCulture),
            PaperCurve.Parts.Select(part =>
            {
                SeedEstimate ours = PaperCurve.At(table.Curve, published.Step, part.Of);
                double print = part.Published(published);
                return ours.Count == 0
                    ? $"{Unknown} ({Minus(Whole(print))})"
                    : $"{Minus(Whole(ours.Mean))}{(ours.Count < 2 ? "" : $" ± {Whole(Half(ours))}")} ({Minus(Whole(print))}) {Mark(ours.Count < 2 ? Verdict.Unknown : Math.Abs(print - ours.Mean) <= Verdicts.Reach(ours) ? Verdict.Reproduced : Verdict.Not)}";
            })));
        return Table(PaperCurve.Parts.Select(part => part.Name), rows, "step");
    }

    private static Verdict VerdictOn(PaperTable table, PublishedRow row, int net) => Verdicts.Of(row, net, table.Compatible[net].Over);

    /// <summary>Whether tuning moves a figure, as it is heard, the way that the paper has it.</summary>
    private static string Direction(PaperTable table, PublishedRow row, int net)
    {
        // What stands exchanged under the Note RNN is put right; of autocorrelations the rules want small ones, of either sign.
        PublishedRow untuned = PublishedTable.ExchangedWith(row) ?? row;
        bool size = row.Figure.StartsWith("autocorrelation", StringComparison.Ordinal);
        double Of(PublishedRow from, int column) => size ? Math.Abs(from.Printed[column].Value) : from.Printed[column].Value;
        int published = Math.Sign(Of(row, net) - Of(untuned, 0));
        SeedEstimate moved = table.Corrected[net].Above(table.Corrected[0], row.Figure, size);
        return moved.Student is not { } interval ? Unknown : interval.Low * interval.High <= 0 ? "·" : Math.Sign(moved.Mean) == published ? "✓" : "✗";
    }

    private static string Cell(string name, PaperColumn column, PublishedRow? row, bool asOriginal)
    {
        SeedEstimate over = column.Over(name);
        if (over.Count == 0)
        {
            return Unknown;
        }

        Figure figure = FigureCatalog.Figure(name, over.Mean, asOriginal);
        bool isShare = figure.Unit == FigureUnit.Share;
        int decimals = row is null ? isShare || name is "theory_reward" or "note_rnn_log_probability" ? 1 : 2 : row.Printed.Max(number => number.Decimals);
        string Number(double value) => Minus((isShare ? 100 * value : value).ToString($"F{decimals}", CultureInfo.InvariantCulture));
        return $"{Number(over.Mean)}{(over.Count < 2 ? "" : $" ± {Number(Half(over))}")}{(isShare ? " %" : "")}";
    }

    private static string Print(PublishedRow row, int net) => Minus(row.Printed[net].Text);

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "✓",
        Verdict.Either => "≈",
        Verdict.Not => "✗",
        Verdict.Exchanged => "⇄",
        _ => Unknown,
    };

    /// <summary>Half the width of Student's interval.</summary>
    private static double Half(SeedEstimate over) => over.Student is { } interval ? (interval.High - interval.Low) / 2 : double.NaN;

    private static string Table(IEnumerable<string> columns, IEnumerable<(string Head, IEnumerable<string> Cells)> rows, string corner = "")
    {
        StringBuilder text = new();
        string[] heads = [.. columns];
        text.Append($"| {corner} | {string.Join(" | ", heads)} |\n|---|{string.Concat(heads.Select(_ => "---:|"))}");
        foreach ((string head, IEnumerable<string> cells) in rows)
        {
            text.Append($"\n| {head} | {string.Join(" | ", cells)} |");
        }

        return text.ToString();
    }

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A minus is longer than a hyphen; what rounds to nothing has no sign.</summary>
    private static string Minus(string number) => number.AsSpan().ContainsAnyInRange('1', '9') ? number.Replace('-', '−') : number.TrimStart('-');
}
