using System.Text.RegularExpressions;
using System.Xml.Linq;
using RLTuner.Reports.Figures;
using RLTuner.Reports.Pages;
using RLTuner.Reports.Tests.Pages;
using RLTuner.Runs;

namespace RLTuner.Reports.Tests.Runs;

/// <summary>Runs that differ in their seed alone are one line; what else differs is its name.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly MadeRun[] _runs = [new("q-1"), new("q-2", seed: 2), new("psi-1", "psi"), new("q-3", seed: 3)];

    [Fact]
    public void Runs_are_grouped_by_everything_but_the_seed()
    {
        Comparison comparison = Compared();
        Assert.Equal(["algorithm q", "algorithm psi"], comparison.Groups.Select(group => group.Name));
        Assert.Equal([["q-1", "q-2", "q-3"], ["psi-1"]], comparison.Groups.Select(group => group.Runs.Select(run => run.Name).ToArray()));
    }

    [Fact]
    public void A_band_reaches_from_the_lowest_to_the_highest_seed_at_steps_that_all_measured()
    {
        // The third seed stopped early: from there on there is nothing to average.
        string path = _runs[3].PathTo("progress.jsonl");
        File.WriteAllLines(path, File.ReadLines(path).Take(12).ToArray());
        Drawing theory = ComparisonFigures.Curves(Compared())[0];
        XElement[] lines = [.. XElement.Parse(theory.Inline()).Descendants("polyline")];
        Assert.Equal([12, 20], lines.Select(line => ((string)line.Attribute("points")!).Split(' ').Length));
        Assert.Equal([24, 40], XElement.Parse(theory.Inline()).Descendants("polygon").Select(band => ((string)band.Attribute("points")!).Split(' ').Length));
    }

    [Fact]
    public void The_page_holds_every_run_and_its_figures()
    {
        string page = Path.Combine(_runs[0].Folder, "comparison.html");
        RunReport.Compare([.. _runs.Select(run => run.Folder)], page);
        string html = File.ReadAllText(page);
        Assert.All((string[])["q-1", "q-2", "q-3", "psi-1", "algorithm psi", "comparison-theory", "4 runs in 2 groups"], word => Assert.Contains(word, html, StringComparison.Ordinal));
        PageTests.NeedsNothingFromOutside(html);
        string[] files = [.. Directory.GetFiles(Path.Combine(_runs[0].Folder, "comparison-figures"), "*.svg").Select(file => Path.GetFileNameWithoutExtension(file))];
        Assert.Equal(Regex.Count(html, "<figure"), files.Length);
        Assert.Contains("comparison-distance", files);
    }

    public void Dispose()
    {
        foreach (MadeRun run in _runs)
        {
            run.Dispose();
        }
    }

    private Comparison Compared() => Comparison.Of([.. _runs.Select(run => RunRecord.Read(run.Folder))]);
}
