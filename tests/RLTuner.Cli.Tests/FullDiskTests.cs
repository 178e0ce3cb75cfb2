using System.Diagnostics;
using System.Text.Json.Nodes;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Scores;
using RLTuner.TensorFlow.Records;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>A disk that fills up stops a run, says so, tears nothing, and the run goes on when there is room.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string? _disk;

    [Fact]
    public void A_file_that_grows_on_a_full_disk_keeps_its_whole_pieces()
    {
        string path = Path.Combine(Disk(kilobytes: 16), "pieces");
        byte[] piece = [.. Enumerable.Repeat((byte)7, 3000)];
        int pieces = 0;
        IOException error = Assert.Throws<IOException>(() =>
        {
            for (; pieces < 100; pieces++)
            {
                AtomicFile.Append(path, file => file.Write(piece));
            }
        });
        Assert.Contains($"{path}: expected room for the file, found the disk full", error.Message, StringComparison.Ordinal);
        Assert.InRange(pieces, 1, 5);
        Assert.Equal(pieces * 3000, new FileInfo(path).Length);
        Assert.Throws<IOException>(() => AtomicFile.Write(path, file => file.Write(new byte[30_000])));
        Assert.Equal([path], Directory.GetFiles(_disk!));
        Assert.Equal(pieces * 3000, new FileInfo(path).Length);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(560)]
    [InlineData(700)]
    [InlineData(800)]
    [InlineData(900)]
    public void A_full_disk_stops_a_run_that_goes_on_when_there_is_room(int kilobytes)
    {
        string net = TestNets.Small(_folder.Path), whole = _folder.PathTo("whole/run"), run = Path.Combine(Disk(kilobytes), "run");
        string[] options = ["tune", "--note-rnn", net, "--training-steps", "8000", "--output-every-nth", "400", "--max-experience", "1000", "--keep-best"];
        Rltuner.Run([.. options, "--output-dir", whole]).Done();

        string errors = Rltuner.Run([.. options, "--output-dir", run]).Refused(1, run, "disk full").Errors;
        output.WriteLine($"{kilobytes} kB: {errors.TrimEnd()}");
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        AssertNothingIsTorn(run);

        // Still full: the same error, and nothing is lost.
        Rltuner.Run("tune", "--resume", run).Refused(1, run, "disk full");
        AssertNothingIsTorn(run);

        Assert.True(Shell($"mount -o remount,size=64m {_disk}"));
        Rltuner.Run("tune", "--resume", run).Done();
        SameRun.Assert(whole, run);
    }

    public void Dispose()
    {
        if (_disk is not null)
        {
            Assert.True(Shell($"umount {_disk}"));
        }

        _folder.Dispose();
    }

    private string Disk(int kilobytes)
    {
        string disk = _folder.PathTo("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Shell($"mount -t tmpfs -o size={kilobytes}k tmpfs {disk}"), "needs to mount a small tmpfs");
        return _disk = disk;
    }

    private static void AssertNothingIsTorn(string run)
    {
        string[] files = Runs.FilesIn(run);
        Assert.DoesNotContain(files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
        foreach (string path in files.Select(file => Path.Combine(run, file)))
        {
            switch (Path.GetExtension(path))
            {
                case ".safetensors":
                    NoteRnnFile.Load(path);
                    break;
                case ".json":
                    JsonNode.Parse(File.ReadAllText(path));
                    break;
                case ".rltuner":
                    Assert.All(TFRecordFile.Read(path), record => Assert.NotEqual(0, record.Data.Length));
                    break;
                default:
                    break;
            }
        }

        Assert.All(RunRecord.Read(run).Remarks, remark => Assert.EndsWith("is not there.", remark, StringComparison.Ordinal));
        string progress = File.ReadAllText(Path.Combine(run, "progress.jsonl"));
        Assert.True(progress.Length == 0 || progress.EndsWith("}\n", StringComparison.Ordinal));
    }

    private static bool Shell(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true })!;
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
