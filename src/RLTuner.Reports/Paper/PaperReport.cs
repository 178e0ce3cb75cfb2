using System.Runtime.ExceptionServices;
using System.Text;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Reports.Figures;
using RLTuner.Runs;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Paper;

/// <summary>
/// Repeats Table 1 of Jaques et al. 2017 (arXiv 1611.02796) and the learning curve in the published program's notebook: as a sweep, which is planned here, run as any
/// other, then measured and written about here.
/// </summary>
public static class PaperReport
{
    /// <summary>The page's name in the sweep's folder.</summary>
    public const string PageName = "paper.md";

    /// <summary>Notes that a net of the paper played while it learned.</summary>
    public const long TrainingSteps = PublishedTable.TrainingSteps;

    /// <summary>Melodies of each net that the paper counts.</summary>
    public const int Melodies = 100_000;

    /// <summary>Plans the runs into a folder: <c>plan.json</c>, and what any sweep has. Where they are planned already, nothing changes.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="net">The net to tune.</param>
    /// <param name="source">Its name or path, for people.</param>
    /// <param name="seeds">Seeds 1 to this are run.</param>
    /// <param name="steps">Notes of each run.</param>
    /// <exception cref="SweepFormatException">The folder holds other runs, or the net cannot be tuned as the paper's was.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static SweepFolder Plan(string path, NoteRnnModel net, string source, int seeds, long steps)
    {
        string plan = Path.Combine(path, "plan.json");
        OutputFolder.MakeFor(plan);
        AtomicFile.Write(plan, file => file.Write(Encoding.UTF8.GetBytes(PaperPlan.Text(source, seeds, steps) + "\n")));
        return SweepFolder.Plan(plan, path, _ => net);
    }

    /// <summary>Measures the nets of all runs; what is measured already is kept.</summary>
    /// <param name="sweep">The sweep, all of whose runs are done.</param>
    /// <param name="melodies">Melodies of each net.</param>
    /// <param name="jobs">Nets at a time.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="IOException">A net cannot be read, or its figures not be written.</exception>
    public static void Measure(SweepFolder sweep, int melodies, int jobs, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        (PlannedRun Run, bool Tuned)[] nets =
            [.. sweep.Runs.Select(run => (run, true)), .. sweep.Runs.Where(run => PaperPlan.Column(run.Plan) == PaperTable.Q).Select(run => (run, false))];
        try
        {
            Parallel.ForEach(nets, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop }, net => MeasuredNet.Of(sweep, net.Run, net.Tuned, melodies));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    /// <summary>Writes <c>paper.md</c> and the figures that it shows; the same runs give the same bytes.</summary>
    /// <param name="sweep">The sweep, all of whose runs are done.</param>
    /// <param name="melodies">Melodies of each net.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static string Write(SweepFolder sweep, int melodies)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        PaperTable table = PaperTable.Read(sweep, melodies);
        foreach (Drawing drawing in PaperCurve.Drawings(table.Curve))
        {
            Save(Path.Combine(sweep.GivenPath, PaperPage.FiguresName, drawing.Name + ".svg"), drawing.Standalone());
        }

        string page = Path.Combine(sweep.GivenPath, PageName);
        Save(page, PaperPage.Of(table));
        return page;
    }

    private static void Save(string path, string text)
    {
        OutputFolder.MakeFor(path);
        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));
    }
}
