using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Tests.Tuning;

namespace RLTuner.Tests.Runs;

/// <summary><c>options.json</c>: comes back as it was written, and is refused where it was not.</summary>
public sealed class RunPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunPlanFile _file = new(Learners.All);

    private string PlanFile => _folder.PathTo("options.json");

    [Fact]
    public void A_plan_comes_back_with_every_number()
    {
        Written();
        AssertSame(SmallRunFolder.Plan(SmallRuns.Options));
    }

    [Theory]
    [InlineData("\"seed\": 5", "\"seed\": 6", "checksum")]
    [InlineData("\"discount\": 0.5", "\"discount\": 0.25", "checksum")]
    [InlineData("\"leap\": 0.5", "\"leap\": 0.75", "checksum")]
    [InlineData("\"discount\": 0.5", "\"discount\": 1e999", "expected the options of a run")]
    [InlineData("\"leap\": 0.5", "\"leap\": 1e999", "expected the options of a run")]
    [InlineData("\"leap\": 0.5", "\"leap\": null", "expected the options of a run")]
    [InlineData("\"leap\": 0.5", "\"jump\": 0.5", "expected the options of a run")]
    [InlineData("\"algorithm\": \"q\"", "\"algorithm\": \"z\"", "expected one of the algorithms q, psi, g")]
    [InlineData("\"quirks\": \"none\"", "\"quirks\": \"odd\"", "expected the options of a run")]
    [InlineData("\"C major\"", "\"H major\"", "expected the options of a run")]
    [InlineData("\"C major\"", "null", "expected the options of a run")]
    [InlineData("\"checksum\": \"", "\"checksum\": \"0", "checksum")]
    [InlineData("\"rules\": {", "\"rules\": {{", "expected the options of a run")]
    public void A_changed_file_is_refused(string before, string after, string words)
    {
        string text = Written();
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(PlanFile, text.Replace(before, after, StringComparison.Ordinal));
        Assert.Contains(words, Assert.Throws<NoteRnnFormatException>(() => _file.Read(PlanFile)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_checksum_is_read()
    {
        string text = Written();
        int at = text.IndexOf("\"checksum\": \"", StringComparison.Ordinal);
        File.WriteAllText(PlanFile, text[..at].TrimEnd().TrimEnd(',') + "}");
        AssertSame(SmallRunFolder.Plan(SmallRuns.Options));
    }

    [Fact]
    public void What_depends_on_the_length_of_the_run_is_filled_in()
    {
        RunPlan plan = (SmallRunFolder.Plan(SmallRuns.Options) with { Learner = new RLTuner.Learning.Q.QOptions(), Windows = new(), TrainingSteps = 200 }).Validated();
        Assert.Equal(100, ((RLTuner.Learning.Q.QOptions)plan.Learner).ExplorationSteps);
        Assert.Equal(10, plan.Windows.OutputEveryNth);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertSame(RunPlan expected)
    {
        RunPlan found = _file.Read(PlanFile);
        Assert.Equal(_file.Hash(expected), _file.Hash(found));
        Assert.Equal(expected.Learner, found.Learner);
        Assert.Equal(expected.Windows, found.Windows);
        Assert.Equal(expected.Theory.Rules, found.Theory.Rules);
    }

    private string Written()
    {
        _file.Write(SmallRunFolder.Plan(SmallRuns.Options), PlanFile);
        return File.ReadAllText(PlanFile);
    }
}
