using RLTuner.Reports.Pages;
using RLTuner.Runs;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>The command that repeats a run says everything the run depends on, in words a shell takes as they are meant.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Odd_paths_are_quoted_and_lines_stay_short()
    {
        using MadeRun run = new();
        File.WriteAllText(run.PathTo("options.json"), MadeRun.Options(source: "it's $(here)/net.safetensors"));
        string command = CommandLine.Shell(RunRecord.Read(run.Folder).Plan);
        Assert.StartsWith("rltuner tune --note-rnn 'it'\\''s $(here)/net.safetensors' --algorithm q", command, StringComparison.Ordinal);
        Assert.Contains("--key 'C major'", command, StringComparison.Ordinal);
        Assert.EndsWith("--rules rules.json", command, StringComparison.Ordinal);
        Assert.All(command.Split('\n'), line => Assert.InRange(line.Length, 1, 92));
    }

    [Fact]
    public void Magenta_s_rules_are_told_of_no_key()
    {
        using MadeRun run = new();
        File.WriteAllText(run.PathTo("options.json"), MadeRun.Options().Replace("\"none\"", "\"magenta\"", StringComparison.Ordinal).Replace("\"theory\",\"key", "\"magenta\",\"key", StringComparison.Ordinal));
        IReadOnlyList<string> arguments = CommandLine.Arguments(RunRecord.Read(run.Folder).Plan);
        Assert.DoesNotContain("--key", arguments);
        Assert.Contains("magenta", arguments);
    }
}
