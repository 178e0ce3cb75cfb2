using System.Globalization;
using RLTuner.Corpus.Building;
using RLTuner.Files;

namespace RLTuner.Cli.Display;

/// <summary>What a corpus holds and what was left out of it, as lines for people.</summary>
internal static class CorpusText
{
    private const int BarWidth = 40, LabelWidth = 32;

    public static IEnumerable<string> Figures(CorpusFigures figures)
    {
        yield return Line($"{"",-LabelWidth}{"pieces",10}{"melodies",10}{"events",14}");
        yield return Line($"{"  to learn from",-LabelWidth}{figures.TrainingPieces,10:N0}{figures.TrainingMelodies,10:N0}{figures.TrainingEvents,14:N0}");
        yield return Line($"{"  held out",-LabelWidth}{figures.ValidationPieces,10:N0}{figures.ValidationMelodies,10:N0}{figures.ValidationEvents,14:N0}");
        if (double.IsFinite(figures.NotesPerStep))
        {
            yield return Line($"A note starts at {figures.NotesPerStep:P1} of the steps.");
        }

        foreach (Histogram histogram in new[] { figures.Bars, figures.Metres, figures.KeySignatures, figures.Classes }.Where(each => !each.Bars.IsEmpty))
        {
            yield return "";
            yield return Line($"{histogram.Title}");
            int most = histogram.Bars.Max(bar => bar.Count);
            foreach ((string label, int count) in histogram.Bars)
            {
                yield return Line($"  {label,-18}{count,10:N0}  {new string('#', (int)Math.Ceiling((double)count * BarWidth / most))}");
            }
        }
    }

    public static IEnumerable<string> Files(CorpusReport report)
    {
        string read = string.Join(", ", report.FilesByFormat.Select(format => Line($"{format.Value:N0} {format.Key}")));
        string other = string.Join(", ", report.FilesNotMusic.Select(ending => Line($"{ending.Value:N0} {(ending.Key.Length > 0 ? ending.Key : "without ending")}")));
        yield return Line($"Files: {(read.Length > 0 ? read : "none")}; of other kinds, not read: {(other.Length > 0 ? other : "none")}");
        yield return Line($"Pieces in them: {report.Pieces:N0}");
        if (report.Remarks.Count > 0)
        {
            int files = report.Remarks.Select(passed => passed.File).Distinct(StringComparer.Ordinal).Count();
            yield return Line($"Files read in spite of faults, which the report lists: {files:N0}");
        }

        if (report.Truncated > 0)
        {
            yield return Line($"Melodies cut to --max-steps-truncate: {report.Truncated:N0}");
        }

        foreach (string line in LeftOut(report))
        {
            yield return line;
        }
    }

    /// <summary>Everything that was left out, one by one.</summary>
    public static IEnumerable<string> Rejections(CorpusReport report) =>
        report.Rejections.OrderBy(rejection => rejection.Reason).ThenBy(rejection => rejection.Name, StringComparer.Ordinal).Select(rejection =>
        {
            // Readers' messages begin with the name themselves.
            string name = rejection.Detail.StartsWith(rejection.Name, StringComparison.Ordinal) ? "" : $"{rejection.Name}: ";
            string times = rejection.Count > 1 ? Line($" ({rejection.Count} times)") : "";
            string reason = rejection.Reason == RejectionReason.Unreadable ? "" : rejection.Reason.Text();
            string detail = rejection.Detail.Length > 0 && reason.Length > 0 ? $", {rejection.Detail}" : rejection.Detail;
            return PlainText.Of($"{name}{reason}{times}{detail}");
        });

    /// <summary>What was passed over in files that were read, a line a kind and file.</summary>
    public static IEnumerable<string> Remarks(CorpusReport report) =>
        report.Remarks.OrderBy(passed => passed.File, StringComparer.Ordinal).Select(passed => PlainText.Of($"{passed.File}, {passed.Remark}"));

    private static IEnumerable<string> LeftOut(CorpusReport report)
    {
        if (report.Rejections.Count > 0)
        {
            yield return Line($"{"Left out, because of",-LabelWidth}{"number",10}  what would let them in");
        }

        foreach (IGrouping<RejectionReason, Rejection> reason in report.Rejections.GroupBy(rejection => rejection.Reason).OrderBy(reason => reason.Key))
        {
            yield return Line($"  {reason.Key.Text(),-(LabelWidth - 2)}{reason.Sum(rejection => rejection.Count),10:N0}  {reason.Key.Remedy() ?? "-"}");
        }
    }

    private static string Line(FormattableString text) => PlainText.Of(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
