using System.Collections.Immutable;
using System.Text;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Reports.Figures;
using RLTuner.Runs;
using RLTuner.Scores;

namespace RLTuner.Reports.Pages;

/// <summary>Writes what people look at: a page and figures of one run, or a page that compares several.</summary>
public static class RunReport
{
    /// <summary>The page's name in a run folder.</summary>
    public const string PageName = "report.html";

    /// <summary>The folder of figures in a run folder.</summary>
    public const string FiguresName = "figures";

    /// <summary>Writes <c>report.html</c> and <c>figures/*.svg</c> of a run; earlier ones are replaced.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="page">Where the page goes instead of the folder; its folder is made where it is missing.</param>
    /// <param name="learners">The kinds of learners that may have made it; by default those of the library.</param>
    /// <returns>The run as it was read, its <see cref="RunRecord.Remarks"/> with it.</returns>
    /// <exception cref="NoteRnnFormatException">It is no run folder, or its options are damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static RunRecord Write(string folder, string? page = null, ImmutableArray<LearnerKind> learners = default)
    {
        RunRecord run = RunRecord.Read(folder, learners);
        page ??= Path.Combine(folder, PageName);
        OutputFolder.MakeFor(page);
        RunFigures figures = RunFigures.Of(run);
        Drawing[] drawings = [.. RunFigures.Files(run, figures)];
        Save(Path.Combine(folder, FiguresName), drawings);
        RemoveOthers(Path.Combine(folder, FiguresName), LearningCurves.LearnerPrefix, drawings);
        Save(page, RunPage.Of(run, figures));
        return run;
    }

    /// <summary>Writes a page that compares runs, and its figures as SVG files in a folder beside it, named after the page: <c>comparison-figures</c>.</summary>
    /// <param name="folders">The runs' folders, at least two.</param>
    /// <param name="page">Where the page goes; its folder is made where it is missing.</param>
    /// <param name="learners">The kinds of learners that may have made them; by default those of the library.</param>
    /// <returns>The runs as they were read.</returns>
    /// <exception cref="NoteRnnFormatException">One is no run folder, or its options are damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static IReadOnlyList<RunRecord> Compare(IReadOnlyList<string> folders, string page, ImmutableArray<LearnerKind> learners = default)
    {
        RunRecord[] runs = [.. folders.Select(folder => RunRecord.Read(folder, learners))];
        OutputFolder.MakeFor(page);
        Comparison comparison = Comparison.Of(runs);
        ImmutableArray<Drawing> figures = ComparisonFigures.All(comparison);
        Save(Path.ChangeExtension(page, null) + "-" + FiguresName, figures);
        Save(page, ComparisonPage.Of(comparison, figures));
        return runs;
    }

    /// <summary>The learner's figures are named by what the run's progress holds: those that it holds no more, after damage was mended, go.</summary>
    private static void RemoveOthers(string folder, string prefix, IEnumerable<Drawing> drawings)
    {
        IEnumerable<string> drawn = drawings.Select(FileNameOf);
        foreach (string file in Directory.GetFiles(folder, prefix + "*.svg").ExceptBy(drawn, Path.GetFileName))
        {
            File.Delete(file);
        }
    }

    private static void Save(string folder, IEnumerable<Drawing> drawings)
    {
        OutputFolder.Make(folder);
        foreach (Drawing drawing in drawings)
        {
            Save(Path.Combine(folder, FileNameOf(drawing)), drawing.Standalone());
        }
    }

    private static string FileNameOf(Drawing drawing) => drawing.Name + ".svg";

    private static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
