using System.Globalization;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Tests.Writing;

namespace RLTuner.TensorFlow.Tests;

public class LocatorTests
{
    private static readonly byte[] Table = CheckpointWriter.V1([new("a", [1], new[] { 1f })], new TableWriter())[0];

    [Theory]
    [InlineData("model.ckpt-20", "model.ckpt-20")]
    [InlineData("/home/someone/run/model.ckpt-20", "model.ckpt-20")]
    [InlineData("C:\\\\runs\\\\model.ckpt-20", "model.ckpt-20")]
    [InlineData("../../model.ckpt-20", "model.ckpt-20")]
    [InlineData("old/model.ckpt-5", "model.ckpt-5")]
    [InlineData("gone/model.ckpt-20", "model.ckpt-20")]
    [InlineData("m\\303\\251l.ckpt-3", "mél.ckpt-3")]
    public void A_folder_leads_to_the_checkpoint_that_its_file_names(string named, string expected)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["old"]);
        foreach (string name in new[] { "model.ckpt-20", "model.ckpt-30", "mél.ckpt-3", "old/model.ckpt-5" })
        {
            folder.Write(name, Table);
        }

        File.WriteAllText(folder["checkpoint"], $"model_checkpoint_path: \"{named}\"\nall_model_checkpoint_paths: \"model.ckpt-30\"\n");
        Assert.Equal(expected, TensorFlowCheckpoint.Open(folder.Path).Name);
        Assert.Equal(expected, TensorFlowCheckpoint.Open(folder["checkpoint"]).Name);
        Assert.True(TensorFlowCheckpoint.IsCheckpoint(folder.Path));
    }

    [Fact]
    public void A_named_path_never_leaves_the_folder()
    {
        using TemporaryFolder folder = new();
        folder.Write("secret", Table);
        Directory.CreateDirectory(folder["run"]);
        foreach (string named in new[] { "../secret", folder["secret"], "x/../../secret", "..", "", "/", "." })
        {
            File.WriteAllText(folder["run/checkpoint"], $"model_checkpoint_path: \"{named}\"");
            Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["run"]));
        }
    }

    [Fact]
    public void A_folder_without_that_file_leads_to_the_highest_step()
    {
        using TemporaryFolder folder = new();
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder.Path));
        Assert.Contains("expected a folder with a checkpoint, found none", error.Message, StringComparison.Ordinal);
        Assert.False(TensorFlowCheckpoint.IsCheckpoint(folder.Path));
        folder.Write("model.ckpt-900.meta", [1, 2, 3]);
        folder.Write("model.ckpt-90", Table);
        Assert.Equal("model.ckpt-90", TensorFlowCheckpoint.Open(folder.Path).Name);
        CheckpointWriter.V2(folder["model.ckpt-1000"], [new("a", [1], new[] { 1f })], new TableWriter());
        Assert.Equal(1000, TensorFlowCheckpoint.Open(folder.Path).Step);
        folder.Write("final.ckpt", Table);
        error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder.Path));
        Assert.Contains("found final.ckpt, model.ckpt-1000, model.ckpt-90. Name one", error.Message, StringComparison.Ordinal);
        Assert.Equal("model.ckpt-90", TensorFlowCheckpoint.Open(folder["model.ckpt-90.meta"]).Name);
    }

    [Theory]
    [InlineData("net.safetensors", false)]
    [InlineData("net.json", false)]
    [InlineData("model.ckpt", true)]
    [InlineData("model.ckpt-12", true)]
    [InlineData("model.ckpt-12.index", true)]
    [InlineData("model.ckpt-12.data-00000-of-00001", true)]
    [InlineData("basic_rnn.mag", true)]
    public void Damaged_files_are_known_by_name(string name, bool expected)
    {
        using TemporaryFolder folder = new();
        Assert.False(TensorFlowCheckpoint.IsCheckpoint(folder[name]));
        folder.Write(name, [1, 2, 3]);
        Assert.Equal(expected, TensorFlowCheckpoint.IsCheckpoint(folder[name]));
        Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder[name]));
    }

    [Fact]
    public void Missing_and_empty_files_are_errors_of_one_kind()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "none", "none.index", "none.mag", "none.data-00000-of-00001", "a/b/c", "none-00000-of-00002" })
        {
            Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder[name]));
            Assert.False(TensorFlowCheckpoint.IsCheckpoint(folder[name]));
        }

        folder.Write("empty", []);
        folder.Write("empty.mag", []);
        Assert.Contains(
            "truncated",
            Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["empty"])).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["empty.mag"]));
        Assert.False(TensorFlowCheckpoint.IsCheckpoint(""));
    }

    [Fact]
    public void Steps_too_large_for_a_number_are_none()
    {
        Assert.Equal(12, CheckpointLocator.StepOf("a/b-12"));
        Assert.Null(CheckpointLocator.StepOf("a-5/b"));
        Assert.Null(CheckpointLocator.StepOf("b-" + new string('9', 30)));
        Assert.Equal(long.MaxValue, CheckpointLocator.StepOf("b-" + long.MaxValue.ToString(CultureInfo.InvariantCulture)));
    }
}
