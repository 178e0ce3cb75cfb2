using System.Text.Json.Nodes;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>tune --resume</c>: a run that was stopped ends as one that never was.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _net;

    public ResumeTests() => _net = TestNets.Small(_folder.Path);

    // The page bears the name of the run's folder.
    private string Whole => _folder.PathTo("whole/run");

    private string Other => _folder.PathTo("other/run");

    [Theory]
    [InlineData("q", "--keep-best", "--keep", "2")]
    [InlineData("g", "--exploration-mode", "egreedy")]
    public void A_run_stopped_by_Ctrl_C_goes_on_to_the_same_bytes(string algorithm, params string[] options)
    {
        string[] run = ["--training-steps", "10300", "--output-every-nth", "500", "--algorithm", algorithm, .. options];
        Tune(Whole, run).Done();
        Result stopped = Rltuner.RunAndInterrupt(" 500 ", ["tune", "--note-rnn", _net, "--output-dir", Other, .. run]);
        Assert.True(stopped.Code == 130, $"expected exit code 130, found {stopped.Code}: {stopped.Errors}");
        Assert.Contains($"rltuner tune --resume {Other}", stopped.Errors, StringComparison.Ordinal);
        Result resumed = Resume(Other, algorithm == "q" ? ["--keep", "2"] : []).Done();
        Assert.StartsWith($"Going on with {Other} from step ", resumed.Output, StringComparison.Ordinal);
        SameRun.Assert(Whole, Other);
    }

    [Fact]
    public void A_run_that_stops_when_flat_stops_at_the_same_window()
    {
        string[] run = ["--training-steps", "200000", "--output-every-nth", "2000", "--stop-when-flat", "4", "--learning-rate", "1e-9", "--keep-best"];
        string output = Tune(Whole, run).Done().Output;
        Assert.Contains("no rise beyond noise for 4 windows", output, StringComparison.Ordinal);
        Result stopped = Rltuner.RunAndInterrupt("Tuning", ["tune", "--note-rnn", _net, "--output-dir", Other, .. run]);
        Assert.True(stopped.Code == 130, $"expected exit code 130, found {stopped.Code}: {stopped.Errors}");
        Assert.Contains("no rise beyond noise for 4 windows", Resume(Other).Done().Output, StringComparison.Ordinal);

        // It ends at a window, where a state is saved only if there is time for it.
        string[] states = [.. Runs.FilesIn(Whole).Concat(Runs.FilesIn(Other)).Where(file => file.StartsWith("state", StringComparison.Ordinal))];
        Assert.NotEmpty(states);
        Directory.Delete(Path.Combine(Whole, "state"), recursive: true);
        Directory.Delete(Path.Combine(Other, "state"), recursive: true);
        SameRun.Assert(Whole, Other);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(250)]
    public void More_steps_end_as_if_they_had_been_asked_for_at_once(int first)
    {
        string[] run = ["--exploration-steps", "200", "--output-every-nth", "160", "--keep-best"];
        Tune(Whole, ["--training-steps", "700", .. run]).Done();
        Tune(Other, ["--training-steps", $"{first}", .. run]).Done();
        Resume(Other, "--training-steps", "700").Done();

        // The page shows the options too.
        SameRun.Assert(Whole, Other, "options.json", "report.html");
        JsonNode options = JsonNode.Parse(File.ReadAllText(Path.Combine(Other, "options.json")))!;
        Assert.Equal(700, (int)options["trainingSteps"]!);
        Assert.Equal($"[{{\"step\":{first},\"trainingSteps\":700}}]", options["resumed"]!.ToJsonString());
    }

    [Fact]
    public void A_finished_run_that_is_resumed_stays_as_it_is()
    {
        Tune(Whole, "--training-steps", "320", "--output-every-nth", "160", "--keep-best").Done();
        SameRun.Copy(Whole, Other);
        Resume(Other).Done();
        SameRun.Assert(Whole, Other);
    }

    [Fact]
    public void A_run_whose_state_is_lost_begins_anew_only_when_asked()
    {
        Tune(Whole, "--training-steps", "320", "--output-every-nth", "160", "--keep-best").Done();
        SameRun.Copy(Whole, Other);
        Directory.Delete(Path.Combine(Other, "state"), recursive: true);
        Resume(Other).Refused(1, "would lose 2 lines", "--restart");
        Rltuner.Run("tune", "--restart", Other, "--training-steps", "640").Refused(2, "--training-steps", "the options that it was started with");
        Rltuner.Run("tune", "--restart", Other, "--resume", Other).Refused(2, "--restart");
        Rltuner.Run("tune", "--restart", Other).Done();
        SameRun.Assert(Whole, Other);
    }

    [Fact]
    public void A_run_killed_before_it_began_is_none_and_is_started_anew()
    {
        string[] run = ["--training-steps", "320", "--output-every-nth", "160"];
        Tune(Whole, run).Done();
        Directory.CreateDirectory(Path.Combine(Other, "checkpoints"));
        File.WriteAllText(Path.Combine(Other, "checkpoints", "step-000000000.safetensors.abcdefgh.ijk.tmp"), "torn");
        Resume(Other).Refused(1, "expected the folder of a run");
        Tune(Other, run).Done();
        SameRun.Assert(Whole, Other);
    }

    [Fact]
    public void Only_so_many_nets_are_kept()
    {
        Tune(Whole, "--training-steps", "1000", "--output-every-nth", "100", "--keep", "3").Done();
        Assert.Equal(
            ["step-000000000.safetensors", "step-000000800.safetensors", "step-000000900.safetensors", "step-000001000.safetensors"],
            Runs.FilesIn(Path.Combine(Whole, "checkpoints")));
        Assert.Equal(10, File.ReadLines(Path.Combine(Whole, "progress.jsonl")).Count());
        Tune(Other, "--training-steps", "100", "--keep", "0").Refused(2, "--keep", "from 1 to");
    }

    [Fact]
    public void What_cannot_go_on_is_refused_and_stays_as_it_is()
    {
        Tune(Whole, "--training-steps", "320", "--output-every-nth", "160").Done();
        SameRun.Copy(Whole, Other);
        Resume(Other, "--seed", "3").Refused(2, "--seed", "the options that it was started with");
        Resume(Other, "--note-rnn", _net).Refused(2, "--note-rnn");
        Resume(Other, "--output-dir", _folder.PathTo("new")).Refused(2, "--output-dir");
        Resume(Other, "--keep-best").Refused(2, "--keep-best");
        Resume(Other, "--key", "A minor").Refused(2, "--key");
        Resume(Other, "--training-steps", "319").Refused(2, "--training-steps", "at least the 320");
        Resume(_folder.Path).Refused(1, "expected the folder of a run");
        Resume(_folder.PathTo("nowhere")).Refused(1, "expected the folder of a run");
        SameRun.Assert(Whole, Other);
    }

    public void Dispose() => _folder.Dispose();

    private Result Tune(string folder, params string[] options) => Rltuner.Run(["tune", "--note-rnn", _net, "--output-dir", folder, .. options]);

    private static Result Resume(string folder, params string[] options) => Rltuner.Run(["tune", "--resume", folder, .. options]);
}
