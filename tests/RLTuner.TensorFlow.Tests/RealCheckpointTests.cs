using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Nets;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests;

public class RealCheckpointTests
{
    private static string V1 => SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994");

    private static string V2 => SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.index")[..^".index".Length];

    [Fact]
    public void The_2016_checkpoint_is_the_net_of_the_paper()
    {
        NoteRnnCheckpoint net = NoteRnnCheckpoint.Load(V1, expectedClasses: 38);
        Assert.Equal(NoteRnnShape.Paper, net.Weights.Shape);
        Assert.Equal(1994, net.Step);
        Assert.Equal("rnn_model/", net.Tensors.Scope);
        Assert.False(net.Tensors.MatchedByShape);
        Assert.Equal("rnn_model/RNN/MultiRNNCell/Cell0/LSTMCell/W_0", net.Tensors.Layers[0].Kernel.Name);
    }

    [Fact]
    public void Weights_match_the_golden_values_of_dqn_json()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(SharedFolder.PathTo("golden", "dqn.json")));
        JsonElement @case = golden.RootElement.GetProperty("cases").EnumerateArray().First(c => c.GetProperty("seed").GetInt32() == 31);
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(V1);
        int compared = 0;
        foreach ((string key, string name) in new[]
        {
            ("W_0", "rnn_model/RNN/MultiRNNCell/Cell0/LSTMCell/W_0"), ("B", "rnn_model/RNN/MultiRNNCell/Cell0/LSTMCell/B"),
            ("weights", "rnn_model/fully_connected/weights"), ("bias", "rnn_model/fully_connected/bias"),
        })
        {
            float[] values = checkpoint.Find(name)!.ReadFloats();
            int[] indices = [.. @case.GetProperty("indices").GetProperty(key).EnumerateArray().Select(i => i.GetInt32())];
            float[] expected = [.. @case.GetProperty("before").GetProperty(key).EnumerateArray().Select(v => v.GetSingle())];
            Assert.Equal(expected, indices.Select(i => values[i]));
            compared += expected.Length;
        }

        Assert.True(compared > 70, $"only {compared} compared");
    }

    [Fact]
    public void The_two_layer_checkpoint_loads()
    {
        NoteRnnCheckpoint net = NoteRnnCheckpoint.Load(V2);
        Assert.Equal(new NoteRnnShape(29, [64, 64]), net.Weights.Shape);
        Assert.Equal(1721, net.Step);
        Assert.Contains(net.Weights.Values, value => value != 0);
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(V2);
        Assert.Equal(21, checkpoint.Tensors.Length);
        Assert.All(
            checkpoint.Tensors.Where(tensor => tensor.Type == TensorType.Float32),
            tensor => Assert.Equal(tensor.Count, tensor.ReadFloats().Length));
        Assert.InRange(checkpoint.Find("beta2_power")!.ReadFloats()[0], 0f, 1f);
    }

    [Fact]
    public void Every_way_to_name_them_leads_to_the_same()
    {
        foreach (string path in new[] { V2, V2 + ".index", V2 + ".data-00000-of-00001", Path.GetDirectoryName(V2)! })
        {
            Assert.True(TensorFlowCheckpoint.IsCheckpoint(path), path);
            Assert.Equal("model.ckpt-1721", TensorFlowCheckpoint.Open(path).Name);
        }

        foreach (string path in new[] { V1, Path.GetDirectoryName(V1)! })
        {
            Assert.True(TensorFlowCheckpoint.IsCheckpoint(path), path);
            Assert.Equal("model.ckpt-1994", TensorFlowCheckpoint.Open(path).Name);
        }
    }

    [Fact]
    public void Another_class_count_is_an_error_that_says_what_to_do()
    {
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(V2, expectedClasses: 38));
        Assert.Equal("model.ckpt-1721: expected a net with 38 output classes, found 29. Pass --classes 29 or a matching model.", error.Message);
    }
}
