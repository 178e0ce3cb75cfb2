using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>checkpoint inspect</c> and <c>checkpoint unpack</c>.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_2016_checkpoint_is_taken_for_the_papers_net() => Inspected(
        SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994"),
        "rnn_model/RNN/MultiRNNCell/Cell0/LSTMCell/W_0", "[138, 400]", "Float32", "LSTM 100, 38 classes", "step 1994");

    [Fact]
    public void The_basic_rnn_is_taken_for_two_layers_of_64() => Inspected(
        SharedFolder.PathTo("checkpoints", "basic-rnn-64x64"),
        "rnn/multi_rnn_cell/cell_1/basic_lstm_cell/kernel", "[128, 256]", "LSTM 64+64, 29 classes", "step 1721");

    [Fact]
    public void Our_own_file_says_its_range() =>
        Inspected(TestNets.Narrow(_folder.Path), "lstm.1.kernel", "[14, 24]", "LSTM 8+6, 29 classes", "G2 to A4");

    [Fact]
    public void A_bundle_is_inspected_unpacked_and_tuned()
    {
        NoteRnnWeights weights = MadeNet.Weights(new NoteRnnShape(38, [8]), 1);
        byte[] checkpoint = CheckpointWriter.V1([.. MadeNet.Tensors(weights, MadeNet.Modern), .. MadeNet.BookKeeping(77)], new TableWriter(Snappy: true))[0];
        string bundle = _folder.PathTo("basic_rnn.mag"), output = _folder.PathTo("unpacked");
        File.WriteAllBytes(bundle, CheckpointWriter.Bundle(checkpoint));
        Inspected(bundle, "LSTM 8, 38 classes", "step 77");

        string[] files = Rltuner.Run("checkpoint", "unpack", bundle, "--output", output).Done().Lines;
        Assert.Equal([Path.Combine(output, "basic_rnn.ckpt"), Path.Combine(output, "basic_rnn.ckpt.meta")], files);
        Assert.Equal(checkpoint, File.ReadAllBytes(files[0]));
        Assert.Equal("a graph", File.ReadAllText(files[1]));
        Rltuner.Run("checkpoint", "unpack", bundle, "--output", output).Refused(1, "expected no such file yet, found one");
        Rltuner.Run("checkpoint", "unpack", bundle, "--output", output, "--overwrite").Done();

        Runs.Tune(bundle, _folder.PathTo("run")).Done();
        Rltuner.Run(
            "tune", "--note-rnn-checkpoint-dir", output, "--note-rnn-checkpoint-name", "basic_rnn.ckpt", "--note-rnn-type", "basic_rnn",
            "--training-steps", "320", "--output-every-nth", "160", "--output-dir", _folder.PathTo("same")).Done();
        Assert.Equal(Runs.LastNet(_folder.PathTo("run")), Runs.LastNet(_folder.PathTo("same")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Inspected(string path, params string[] words)
    {
        string output = Rltuner.Run("checkpoint", "inspect", path).Done().Output;
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
    }
}
