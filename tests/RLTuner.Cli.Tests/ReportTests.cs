using System.Text.Json.Nodes;
using RLTuner.Reports.Pages;
using RLTuner.Runs;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>report</c>, and what <c>tune</c> leaves to look at.</summary>
public sealed class ReportTests(FinishedRun run) : IClassFixture<FinishedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Report_makes_the_same_page_and_figures_again()
    {
        string page = Path.Combine(run.Folder, "report.html"), figure = Path.Combine(run.Folder, "figures", "evaluation.svg");
        byte[] pageBytes = File.ReadAllBytes(page), figureBytes = File.ReadAllBytes(figure);
        string stale = Path.Combine(run.Folder, "figures", "learner-tavget.svg"), foreign = Path.Combine(run.Folder, "figures", "mine.svg");
        File.Delete(page);
        File.Delete(figure);
        File.WriteAllText(stale, "of progress that was damaged");
        File.WriteAllText(foreign, "somebody's own");
        Assert.Equal(Path.GetFullPath(page), Rltuner.Run("report", run.Folder).Done().Output.Trim());
        Assert.False(File.Exists(stale));
        Assert.True(File.Exists(foreign));
        File.Delete(foreign);
        Assert.Equal(pageBytes, File.ReadAllBytes(page));
        Assert.Equal(figureBytes, File.ReadAllBytes(figure));
    }

    [Fact]
    public void Nothing_that_was_just_written_is_found_wanting() => Assert.Empty(RunRecord.Read(run.Folder).Remarks);

    [Fact]
    public void Several_runs_are_compared_on_one_page()
    {
        string other = _folder.PathTo("psi-1"), page = _folder.PathTo("both.html");
        Runs.Tune(run.Net, other, "--algorithm", "psi", "--no-figures", "--reward-scaler", "0.5").Done();
        Assert.False(File.Exists(Path.Combine(other, "report.html")) || Directory.Exists(Path.Combine(other, "figures")));
        Rltuner.Run("report", run.Folder, other, "--output", page).Done();
        string html = File.ReadAllText(page);
        Assert.Contains("algorithm psi", html, StringComparison.Ordinal);
        Assert.Contains("comparison-trade-off", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_on_the_page_repeats_the_run()
    {
        string again = _folder.PathTo("again"), weights = _folder.PathTo("weights.json");
        File.WriteAllText(weights, "{\"leap\": 0.5}");
        string first = _folder.PathTo("first");
        Runs.Tune(run.Net, first, "--rules", weights, "--key", "Eb dorian", "--exploration-mode", "egreedy", "--position-input", "--seed", "9").Done();
        string[] arguments = [.. CommandLine.Arguments(RunRecord.Read(first).Plan)];
        arguments[Array.IndexOf(arguments, CommandLine.RulesFile)] = weights;
        Rltuner.Run([.. arguments, "--output-dir", again]).Done();
        Assert.Equal(Runs.LastNet(first), Runs.LastNet(again));
        Assert.Equal(Runs.FilesIn(first), Runs.FilesIn(again));
    }

    [Fact]
    public void Pitches_are_counted_of_all_melodies()
    {
        JsonNode after = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "metrics.json")))!["after"]!;
        JsonObject pitches = after["pitches"]!.AsObject();
        Assert.Equal((int)after["figures"]!["notes"]!, pitches.Sum(count => (int)count.Value!));
        Assert.All(pitches, count => Assert.InRange(int.Parse(count.Key, System.Globalization.CultureInfo.InvariantCulture), 48, 83));
    }

    [Fact]
    public void What_is_no_run_is_refused_and_what_is_damaged_is_said()
    {
        Rltuner.Run("report", _folder.Path).Refused(1, "expected the folder of a run");
        Rltuner.Run("report").Refused(2, "report");
        string damaged = _folder.PathTo("damaged");
        Runs.Tune(run.Net, damaged, "--no-figures").Done();
        File.AppendAllText(Path.Combine(damaged, "progress.jsonl"), "{\"step\":4");
        Result result = Rltuner.Run("report", damaged);
        Assert.Equal(0, result.Code);
        Assert.StartsWith("rltuner: damaged: progress.jsonl, line 3, is left out: expected a JSON object", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
