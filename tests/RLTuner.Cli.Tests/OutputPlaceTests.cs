using System.Diagnostics;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Whatever a command writes: where there is no room or no right to, one line says the path, what was expected and what to do.</summary>
public sealed class OutputPlaceTests(FinishedRun run) : IClassFixture<FinishedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string? _disk;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_cannot_be_written_is_told_with_its_path(bool isReadOnly)
    {
        string corpus = _folder.PathTo("good.jsonl"), bundle = MadeBundle();
        File.WriteAllLines(corpus, Enumerable.Range(0, 6).Select(i => $"{{\"events\":[14,1,16,1,{17 + i},1,21,1]{(i == 0 ? ",\"set\":\"validation\"" : "")}}}"));
        string disk = Disk(isReadOnly);
        string[][] lines =
        [
            ["tune", "--note-rnn", run.Net, "--training-steps", "320", "--output-dir", $"{disk}/run"],
            ["compose", "--model", run.Net, "--output", $"{disk}/melodies"],
            ["compose", "--model", run.Net, "--output", $"{disk}/tune.mid"],
            ["compose", "--model", run.Net, "--count", "300", "--output", $"{disk}/all.jsonl"],
            ["report", run.Folder, "--output", $"{disk}/page.html"],
            ["report", run.Folder, run.Folder, "--output", $"{disk}/pages.html"],
            ["corpus", "build", corpus, "--output", $"{disk}/new.corpus"],
            ["corpus", "build", corpus, "--output", $"{disk}/new", "--format", "tfrecord"],
            ["note-rnn", "train", corpus, "--output", $"{disk}/net.safetensors", "--units", "8", "--epochs", "1"],
            ["checkpoint", "unpack", bundle, "--output", $"{disk}/unpacked"],
            ["checkpoint", "unpack", bundle, "--output", disk],
        ];
        foreach (string[] line in lines)
        {
            string errors = Rltuner.Run(line).Refused(1, disk, ": expected ", ", found ").Errors;
            Assert.Matches("read-only|disk full|may not be written to|none can be made there", errors);
            Assert.Matches(@"\((make room, or )?choose ", errors);
            Assert.DoesNotContain(".tmp", errors, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(disk, "*.tmp", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public void A_folder_in_the_way_is_told()
    {
        string corpus = _folder.PathTo("good.jsonl"), taken = _folder.PathTo("taken.jsonl");
        Directory.CreateDirectory(taken);
        File.WriteAllText(corpus, "{\"events\":[14,1,16,1,17,1,21,1]}\n");
        Rltuner.Run("compose", "--model", run.Net, "--output", taken).Refused(1, taken, "expected the name of a file, found a folder in the way");
        Rltuner.Run("report", run.Folder, "--output", taken).Refused(1, taken, "expected the name of a file, found a folder in the way");
    }

    public void Dispose()
    {
        if (_disk is not null)
        {
            Assert.True(Mount($"umount {_disk}"));
        }

        _folder.Dispose();
    }

    private string MadeBundle()
    {
        string path = _folder.PathTo("b.mag");
        RLTuner.NoteRnn.NoteRnnWeights weights = TensorFlow.Tests.Writing.MadeNet.Weights(new RLTuner.NoteRnn.NoteRnnShape(38, [8]), 3);
        File.WriteAllBytes(path, TensorFlow.Tests.Writing.CheckpointWriter.Bundle(
            TensorFlow.Tests.Writing.CheckpointWriter.V1(TensorFlow.Tests.Writing.MadeNet.Tensors(weights, TensorFlow.Tests.Writing.MadeNet.Modern), new TensorFlow.Tests.Writing.TableWriter())));
        return path;
    }

    /// <summary>Mounted, as root may write to any folder that is merely closed to others.</summary>
    private string Disk(bool isReadOnly)
    {
        string disk = _folder.PathTo("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Mount($"mount -t tmpfs -o {(isReadOnly ? "ro" : "size=4k")} tmpfs {disk}"), "needs to mount a small tmpfs");
        _disk = disk;
        if (!isReadOnly)
        {
            File.WriteAllBytes(Path.Combine(disk, "all"), new byte[4096]);
        }

        return disk;
    }

    private static bool Mount(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true })!;
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
