using System.Collections.Immutable;
using System.Text;
using RLTuner.Files;
using RLTuner.Reports.Figures;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Sweeps;

/// <summary>Writes what a sweep came to: a page, and tables for other programs.</summary>
public static class SweepReport
{
    /// <summary>The page's name in the sweep's folder.</summary>
    public const string PageName = "report.html";

    /// <summary>
    /// Writes <c>report.html</c>, <c>report.csv</c> and <c>report.jsonl</c> (a run a line), and <c>combinations.csv</c> (means and intervals over seeds) into the sweep's folder.
    /// </summary>
    /// <returns>The names of the runs that are not done, and so not in there.</returns>
    /// <exception cref="SweepFormatException">No run is done.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ImmutableArray<string> Write(SweepFolder sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        SweepResults results = SweepResults.Read(sweep);
        if (results.Combinations.IsEmpty)
        {
            throw new SweepFormatException($"{sweep.GivenPath}: expected a run that is done, found none (run them by 'rltuner sweep run')");
        }

        string PathTo(string name) => Path.Combine(sweep.GivenPath, name);
        SweepTables.WriteRuns(PathTo("report.csv"), results);
        SweepTables.WriteRunsAsJson(PathTo("report.jsonl"), results);
        SweepTables.WriteCombinations(PathTo("combinations.csv"), results);
        string page = SweepPage.Of(
            results,
            SweepPage.Frontier(results),
            SweepMelodies.Of(sweep, results.Combinations.SelectMany(combination => combination.Runs).Select(run => run.Run)));
        AtomicFile.Write(PathTo(PageName), file => file.Write(Encoding.UTF8.GetBytes(page)));
        return results.Missing;
    }
}
