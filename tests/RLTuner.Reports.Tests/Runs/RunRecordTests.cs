using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Reports.Figures;
using RLTuner.Reports.Pages;
using RLTuner.Runs;
using RLTuner.Tuning;

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
        TuningWindow last = run.Progress[^1];
        Assert.Equal((20000, 1000), (last.Step, last.Steps));
        Assert.Equal(1, last.EvaluationError.Theory);
        RuleLedger key = last.Rules.Single(rule => rule.Name == "key");
        Assert.Equal((280, 100), (key.Fired, key.Violated));
        Assert.Equal([new("loss", 1), new("target", 2.5, -20, 30), new Diagnostic("exploration", 0.1)], last.Learner);
        Assert.Equal(new Diagnostic("target", double.NaN), run.Progress[0].Learner[1]);
        Assert.Equal(0.99, last.Policy.Distinct);
        Assert.Equal(new ConfidenceInterval(0.88, 0.92), run.Metrics!.After["starting_on_tonic"]!.Interval);
        Assert.Equal(double.NaN, run.Metrics.After["note_rnn_log_probability"]!.Value);
        RuleFigures rule = Assert.Single(run.Metrics.After.Rules);
        Assert.Equal(("key", -0.25, 0.0125), (rule.Name, rule.Reward.Value, rule.Fired.Value));
        Assert.Equal(new ConfidenceInterval(0.01, 0.015), rule.Violated.Interval);
        Assert.Equal([100.0, 50.0], run.Metrics.Before.Pitches.Values);
        Assert.Equal((10, 10), (run.Before.Length, run.After.Length));
        Assert.Equal(2, run.ProbabilitiesAfter!.Steps.Length);
        RunFigures figures = RunFigures.Of(run);
        Assert.Equal(["rewards", "evaluation", "policy", "learner-loss", "learner-target", "learner-exploration"], figures.Curves.Select(curve => curve.Name));
        Assert.Equal([2, 2], figures.Rules.Select(rules => rules.Panels.Length));
    }

    [Fact]
    public void A_run_that_says_little_lacks_figures_and_nothing_else()
    {
        File.WriteAllText(_run.PathTo("progress.jsonl"), """
            {"step":2000,"steps":2000,"train":{"total":-2.5,"theory":1,"noteRnn":-3.5,"rules":{"key":{"reward":-62,"fired":3,"violated":2},"tonic":7}},"evaluation":{"total":-5,"theory":2,"noteRnn":-7},"learner":{"exploration":0,"loss":null}}

            """);
        File.WriteAllText(_run.PathTo("metrics.json"), """{"melodies":1000,"before":{"figures":{"notes":5}},"after":{"figures":{"notes":7}}}""");
        File.Delete(_run.PathTo("melodies/probabilities.json"));
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Empty(run.Remarks);
        Assert.Equal(new RuleLedger("key", -62, 3, 2), Assert.Single(run.Progress[0].Rules));
        RunFigures figures = RunFigures.Of(run);
        Assert.Equal(["rewards", "evaluation"], figures.Curves.Select(curve => curve.Name));
        Assert.Equal(["rules-rewards", "rules-violations"], figures.Rules.Select(rules => rules.Name));
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
            {"step":1,"steps":1,"train":[],"evaluation":{"total":"x","theory":1,"noteRnn":1,"standardError":7},"learner":{"exploration":{},"loss":1e999,"target":[1]},"policy":{"kl":"?"}}
            {"step":2,"steps":1,"learner":7}
            """);
        (TuningWindow window, TuningWindow bare) = RunRecord.Read(_run.Folder).Progress is [var first, var second] ? (first, second) : throw new InvalidOperationException();
        RewardSums none = new(double.NaN, double.NaN, double.NaN);
        Assert.Equal((none, new RewardSums(double.NaN, 1, 1), none), (window.Train, window.Evaluation, window.EvaluationError));
        Assert.Equal(["exploration", "loss", "target"], window.Learner.Select(figure => figure.Name));
        Assert.All(window.Learner, figure => Assert.Equal((double.NaN, null, null), (figure.Value, figure.Min, figure.Max)));
        Assert.Equal(new PolicyGuards(double.NaN, double.NaN, double.NaN), window.Policy);
        Assert.Equal((none, none), (bare.Train, bare.Evaluation));
        Assert.Empty(bare.Learner);
    }

    [Fact]
    public void Of_a_step_that_is_written_twice_the_later_line_counts()
    {
        File.AppendAllText(_run.PathTo("progress.jsonl"), "{\"step\":5000,\"steps\":1000,\"learner\":{\"loss\":77}}\n");
        RunRecord run = RunRecord.Read(_run.Folder);
        Assert.Equal(20, run.Progress.Length);
        Assert.Equal(new Diagnostic("loss", 77), Assert.Single(run.Progress[4].Learner));
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
    [InlineData("\"discount\":0.5,", "")]
    [InlineData("\"seed\":1,", "")]
    [InlineData("\"windows\"", "\"doors\"")]
    [InlineData("\"layers\":[100]", "\"layers\":null")]
    [InlineData("\"classes\":38", "\"classes\":1")]
    [InlineData("\"lowestPitch\":48", "\"lowestPitch\":4800")]
    [InlineData("\"key\":\"C major\"", "\"key\":\"H major\"")]
    [InlineData("\"source\":\"shipped\"", "\"source\":\"\\ud800\"")]
    [InlineData("\"algorithm\":\"q\"", "\"algorithm\":\"\\ud800\"")]
    [InlineData("\"algorithm\":\"q\"", "\"algorithm\":\"sarsa\"")]
    [InlineData("\"discount\":0.5", "\"discount\":2")]
    [InlineData("\"key\":1,", "\"kye\":1,")]
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
