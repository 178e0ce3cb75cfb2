using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Tests.Writing;

namespace RLTuner.TensorFlow.Tests;

public class MagentaBundleTests
{
    private static readonly NoteRnnWeights Weights = MadeNet.Weights(new NoteRnnShape(38, [4, 4]), 9);

    [Fact]
    public void A_bundle_tells_of_itself_and_loads_as_a_checkpoint()
    {
        using TemporaryFolder folder = new();
        byte[] checkpoint = Checkpoint()[0];
        string path = folder.Write("basic_rnn.mag", CheckpointWriter.Bundle(checkpoint));
        MagentaBundle bundle = MagentaBundle.Read(path);
        Assert.Equal(("basic_rnn", "Basic Melody RNN", "made by a test"), (bundle.Id, bundle.Description, bundle.Details));
        Assert.Equal(checkpoint, Assert.Single(bundle.CheckpointFiles).ToArray());
        Assert.Equal("a graph"u8, bundle.Metagraph.Span);
        TensorFlowCheckpoint open = TensorFlowCheckpoint.Open(path);
        Assert.Equal((CheckpointKind.MagentaBundle, "basic_rnn.mag", 77), (open.Kind, open.Name, open.Step));
        Assert.Equal(Weights.Values, NoteRnnCheckpoint.From(open).Weights.Values);
    }

    [Fact]
    public void Unpacking_writes_the_checkpoint_and_the_graph()
    {
        using TemporaryFolder folder = new();
        byte[] checkpoint = Checkpoint()[0];
        MagentaBundle bundle = MagentaBundle.Read(folder.Write("basic_rnn.mag", CheckpointWriter.Bundle(checkpoint)));
        string output = folder["new/folder"];
        Assert.Equal([Path.Combine(output, "basic_rnn.ckpt"), Path.Combine(output, "basic_rnn.ckpt.meta")], bundle.Unpack(output));
        Assert.Equal(checkpoint, File.ReadAllBytes(Path.Combine(output, "basic_rnn.ckpt")));
        Assert.Equal("a graph", File.ReadAllText(Path.Combine(output, "basic_rnn.ckpt.meta")));
        Assert.Equal(2, Directory.GetFiles(output).Length);
        Assert.Equal(Weights.Values, NoteRnnCheckpoint.Load(output).Weights.Values);
    }

    [Fact]
    public void Nothing_is_replaced_unless_allowed()
    {
        using TemporaryFolder folder = new();
        MagentaBundle bundle = MagentaBundle.Read(folder.Write("b.mag", CheckpointWriter.Bundle(Checkpoint()[0])));
        folder.Write("b.ckpt.meta", [7]);
        Assert.Contains("expected no such file yet, found one", Assert.Throws<IOException>(() => bundle.Unpack(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal([folder["b.ckpt.meta"], folder["b.mag"]], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        bundle.Unpack(folder.Path, overwrite: true);
        Assert.Equal("a graph", File.ReadAllText(folder["b.ckpt.meta"]));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_checkpoint_of_several_files_unpacks_to_files_that_load()
    {
        using TemporaryFolder folder = new();
        MagentaBundle bundle = MagentaBundle.Read(folder.Write("b.mag", CheckpointWriter.Bundle(Checkpoint(files: 2))));
        Assert.Equal(
            [folder["o/b.ckpt-00000-of-00002"], folder["o/b.ckpt-00001-of-00002"], folder["o/b.ckpt.meta"]], bundle.Unpack(folder["o"]));
        Assert.Equal(Weights.Values, NoteRnnCheckpoint.Load(folder["o"]).Weights.Values);
        Assert.Equal(Weights.Values, NoteRnnCheckpoint.Load(folder["b.mag"]).Weights.Values);
    }

    [Fact]
    public void A_bundle_without_a_checkpoint_is_an_error()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<CheckpointFormatException>(() => MagentaBundle.Read(folder.Write("b.mag", CheckpointWriter.Bundle())));
        Assert.Throws<CheckpointFormatException>(() => MagentaBundle.Read(folder.Write("b.mag", [.. "not a bundle"u8])));
        Assert.Throws<CheckpointFormatException>(() => MagentaBundle.Read(folder["none.mag"]));
    }

    private static byte[][] Checkpoint(int files = 1) =>
        CheckpointWriter.V1([.. MadeNet.Tensors(Weights, MadeNet.Modern), .. MadeNet.BookKeeping(77)], new TableWriter(Snappy: true), files);
}
