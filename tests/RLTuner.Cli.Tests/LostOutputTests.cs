using System.Diagnostics;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Standard output that is full, closed, or read by nobody ends no command that makes files.</summary>
public sealed class LostOutputTests(FinishedRun run) : IClassFixture<FinishedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("> /dev/full", "found the disk full")]
    [InlineData(">&-", "found it closed")]
    [InlineData("| true", "found a pipe that nobody reads")]
    public void A_run_goes_on_and_says_it_once(string where, string words)
    {
        foreach (string form in (string[])["text", "json"])
        {
            string other = _folder.PathTo(form + "/run");
            (int code, string errors) = Shell(
                $"tune --note-rnn {run.Net} --output-dir {other} --training-steps 320 --output-every-nth 160 --reward-scaler 0.5 --preset paper --log-format {form}", where);
            Assert.Equal(0, code);
            Assert.Contains($"standard output: expected to tell how it goes, {words}", Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
            SameRun.Assert(run.Folder, other);
        }
    }

    [Fact]
    public void What_only_prints_says_which_stream_but_a_reader_may_have_seen_enough()
    {
        string explain = $"explain {run.Folder}/melodies/after-01.mid";
        (int full, string errors) = Shell(explain, "> /dev/full");
        Assert.Equal(1, full);
        Assert.Contains("standard output: expected to write there what was asked for, found the disk full", Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal((1, true), (Shell(explain, ">&-").Code, Shell(explain, ">&-").Errors.Contains("found it closed", StringComparison.Ordinal)));
        Assert.Equal((0, ""), Shell(explain, "| true"));
        Assert.Equal((0, ""), Shell($"compose --model {run.Net} --count 1 --output {_folder.PathTo("m")}", "> /dev/full 2> /dev/full"));
        Assert.True(File.Exists(_folder.PathTo("m/melody-01.mid")));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs it in a shell; the exit code is its own, whatever it is piped to.</summary>
    private (int Code, string Errors) Shell(string arguments, string where)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        string code = _folder.PathTo("code"), program = Path.Combine(AppContext.BaseDirectory, "RLTuner.Cli.dll");
        string line = $"dotnet {program} {arguments}", rest = $"echo $? > {code}";
        line = where.StartsWith('|') ? $"{{ {line}; {rest}; }} {where}" : $"{line} {where}; {rest}";
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardError = true })!;
        string errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (int.Parse(File.ReadAllText(code), System.Globalization.CultureInfo.InvariantCulture), errors);
    }
}
