using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Reports.Figures;
using RLTuner.Reports.Pages;
using RLTuner.Reports.Runs;

namespace RLTuner.Reports.Tests.Runs;

/// <summary>A run folder is read as far as it can be; what is damaged is left out with a word, never a crash.</summary>
public sealed class RunRecordTests : IDisposable
{
    private readonly MadeRun _run = new();

    [Fact]
    public void A_whole_run_is_read_without_a_remark()
    {
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Empty(run.Remarks);
        Assert.Equal("q-1", run.Name);
        Assert.Equal(20, run.Progress.Length);
        ProgressWindow last = run.Progress[^1];
        Assert.Equal((20000, 1000), (last.Step, last.Steps));
        Assert.Equal(1, last.StandardError!.Value.Theory);
        Assert.Equal((280.0, 100.0), (last.Rules["key"].Fired, last.Rules["key"].Violated));
        Assert.Equal(new TargetValues(2.5, -20, 30), last.Targets);
        Assert.Null(run.Progress[0].Targets);
        Assert.Equal(0.99, last.Policy!.Distinct);
        Assert.Equal((0.88, 0.92), run.Metrics!.After.IntervalOf("starting_on_tonic"));
        Assert.Null(run.Metrics.After["note_rnn_log_probability"]);
        Assert.Equal([100.0, 50.0], run.Metrics.Before.Pitches.Values);
        Assert.Equal((10, 10), (run.Before.Length, run.After.Length));
        Assert.Equal(2, run.ProbabilitiesAfter!.Steps.Length);
        RunFigures figures = RunFigures.Of(run);
        Assert.Equal(["rewards", "evaluation", "targets", "loss", "exploration", "policy"], figures.Curves.Select(curve => curve.Name));
        Assert.Equal([2, 2], figures.Rules.Select(rules => rules.Panels.Length));
    }

    [Fact]
    public void A_run_of_an_earlier_version_lacks_figures_and_nothing_else()
    {
        File.WriteAllText(_run.PathTo("progress.jsonl"), """
            {"step":2000,"steps":2000,"train":{"total":-2.5,"theory":1,"noteRnn":-3.5,"rules":{"key":-62,"tonic":87}},"evaluation":{"total":-5,"theory":2,"noteRnn":-7},"exploration":0,"loss":null}

            """);
        File.WriteAllText(_run.PathTo("metrics.json"), """{"melodies":1000,"before":{"figures":{"notes":5}},"after":{"figures":{"notes":7}}}""");
        File.Delete(_run.PathTo("melodies/probabilities.json"));
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Empty(run.Remarks);
        Assert.Equal(new RuleWindow(-62, null, null), run.Progress[0].Rules["key"]);
        RunFigures figures = RunFigures.Of(run);
        Assert.Equal(["rewards", "evaluation"], figures.Curves.Select(curve => curve.Name));
        Assert.Equal(["rules-rewards"], figures.Rules.Select(rules => rules.Name));
        Assert.Equal(["pitches"], figures.Outcome.Select(outcome => outcome.Name));
        Assert.Empty(figures.Probabilities);
    }

    [Theory]
    [InlineData("{\"step\":1000,\"steps\":1000,\"train\":{\"tot")]
    [InlineData("[]")]
    [InlineData("{\"steps\":1000}")]
    [InlineData("{\"step\":\"many\",\"steps\":1000}")]
    [InlineData("{\"step\":1e300,\"steps\":1000}")]
    [InlineData("{\"step\":1000,\"steps\":0}")]
    [InlineData("{\"step\":1000,\"steps\":9,\"train\":{\"rules\":{\"\\ud800\":1}}}")]
    public void A_damaged_line_is_left_out_by_its_number(string line)
    {
        File.AppendAllText(_run.PathTo("progress.jsonl"), line + "\n");
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Equal(20, run.Progress.Length);
        Assert.Contains("progress.jsonl, line 21, is left out: expected", Assert.Single(run.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_another_kind_are_as_good_as_absent()
    {
        File.WriteAllText(_run.PathTo("progress.jsonl"), """
            {"step":1,"steps":1,"train":[],"evaluation":{"total":"x","theory":1,"noteRnn":1,"standardError":7},"exploration":{},"loss":1e999,"targets":[1],"policy":{"kl":"?"}}
            """);
        ProgressWindow window = Assert.Single(RunRecord.Read(_run.Folder).Progress);
        Assert.Equal((null, null, null, null), (window.Train, window.Evaluation, window.Loss, window.Targets));
        Assert.Equal(new PolicyFigures(null, null, null), window.Policy);
    }

    [Fact]
    public void Of_a_step_that_is_written_twice_the_later_line_counts()
    {
        File.AppendAllText(_run.PathTo("progress.jsonl"), "{\"step\":5000,\"steps\":1000,\"loss\":77}\n");
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Equal(20, run.Progress.Length);
        Assert.Equal(77, run.Progress[4].Loss);
    }

    [Theory]
    [InlineData("metrics.json", "{")]
    [InlineData("metrics.json", "{\"melodies\":1000}")]
    [InlineData("metrics.json", "{\"before\":{\"figures\":{\"\\ud800\":1}},\"after\":{}}")]
    [InlineData("melodies/after.jsonl", "{\"events\":[99]}")]
    [InlineData("melodies/before.jsonl", "what is this")]
    [InlineData("melodies/probabilities.json", "{\"before\":{\"steps\":[{\"played\":70,\"p\":[]}]}}")]
    [InlineData("melodies/probabilities.json", "{\"after\":{}}")]
    public void A_damaged_file_is_left_out_by_its_name(string name, string content)
    {
        File.WriteAllText(_run.PathTo(name), content);
        string remark = Assert.Single(RunReport.Write(_run.Folder).Remarks);
        Assert.Contains(name, remark, StringComparison.Ordinal);
        Assert.Contains("expected", remark, StringComparison.Ordinal);
        Assert.Contains(Page.Text(remark), File.ReadAllText(_run.PathTo("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_something_else_is_given_up_soon()
    {
        File.WriteAllLines(_run.PathTo("progress.jsonl"), Enumerable.Repeat("no progress", 1_000_000));
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Empty(run.Progress);
        Assert.Equal(21, run.Remarks.Length);
        Assert.Contains("981 places more", run.Remarks[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void All_but_the_options_may_be_missing()
    {
        foreach (string name in (string[])["progress.jsonl", "metrics.json", "melodies/before.jsonl", "melodies/after.jsonl"])
        {
            File.Delete(_run.PathTo(name));
        }

        Assert.Equal(4, RunReport.Write(_run.Folder).Remarks.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Damaged_options_are_an_error_that_names_the_file(string content)
    {
        File.WriteAllText(_run.PathTo("options.json"), content);
        NoteRnnFormatException error = Assert.Throws<NoteRnnFormatException>(() => RunRecord.Read(_run.Folder));
        Assert.Contains("options.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sha256\":\"00ff\",", "")]
    [InlineData("\"layers\":[100]", "\"layers\":null")]
    [InlineData("\"classes\":38", "\"classes\":1")]
    [InlineData("\"lowestPitch\":48", "\"lowestPitch\":4800")]
    [InlineData("\"key\":\"C major\"", "\"key\":\"H major\"")]
    [InlineData("\"source\":\"shipped\"", "\"source\":\"\\ud800\"")]
    public void Options_that_make_no_sense_are_an_error_that_names_the_file(string from, string to)
    {
        File.WriteAllText(_run.PathTo("options.json"), MadeRun.Options().Replace(from, to, StringComparison.Ordinal));
        Assert.Contains("options.json", Assert.Throws<NoteRnnFormatException>(() => RunRecord.Read(_run.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flipped_and_cut_bytes_anywhere_give_a_page_or_one_named_error()
    {
        string[] names = ["options.json", "progress.jsonl", "metrics.json", "melodies/after.jsonl", "melodies/probabilities.json"];
        RandomSource random = new(7, "damage");
        int pages = 0;
        for (int i = 0; i < 300; i++)
        {
            string path = _run.PathTo(names[i % names.Length]);
            byte[] whole = File.ReadAllBytes(path), damaged = [.. whole];
            int at = random.Next(whole.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, random.Next(4) == 0 ? damaged[..at] : damaged);
            try
            {
                RunRecord run = RunRecord.Read(_run.Folder);
                Assert.NotEmpty(RunPage.Of(run, RunFigures.Of(run)));
                pages++;
            }
            catch (NoteRnnFormatException error)
            {
                Assert.Contains("options.json", error.Message, StringComparison.Ordinal);
            }

            File.WriteAllBytes(path, whole);
        }

        Assert.InRange(pages, 200, 300);
    }

    public void Dispose() => _run.Dispose();
}
