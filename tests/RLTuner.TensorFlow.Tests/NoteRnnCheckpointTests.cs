using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Tests.Writing;

namespace RLTuner.TensorFlow.Tests;

public class NoteRnnCheckpointTests
{
    [Theory]
    [MemberData(nameof(MadeNet.NameVariants), MemberType = typeof(MadeNet))]
    public void Nets_load_under_the_names_of_every_era(string kernel, string bias, string outputKernel, string outputBias)
    {
        using TemporaryFolder folder = new();
        ulong seed = 0;
        foreach (ImmutableArray<int> layers in new ImmutableArray<int>[] { [5], [4, 4], [6, 3, 3], [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] })
        {
            NoteRnnWeights weights = MadeNet.Weights(new NoteRnnShape(29, layers), ++seed);
            List<MadeTensor> tensors = [.. MadeNet.Tensors(weights, [kernel, bias, outputKernel, outputBias]), .. MadeNet.BookKeeping(42)];
            string v1 = folder.Write($"v1-{seed}", CheckpointWriter.V1(tensors, new TableWriter(BlockSize: 200, Snappy: true))[0]);
            CheckpointWriter.V2(folder[$"v2-{seed}"], tensors, new TableWriter(BlockSize: 200), shards: 3);
            foreach (string path in new[] { v1, folder[$"v2-{seed}"] })
            {
                NoteRnnCheckpoint net = NoteRnnCheckpoint.Load(path, expectedClasses: 29);
                Assert.Equal(weights.Shape, net.Weights.Shape);
                Assert.Equal(weights.Values, net.Weights.Values);
                Assert.Equal(42, net.Step);
                Assert.Equal(!kernel.Contains("ulti", StringComparison.Ordinal), net.Tensors.MatchedByShape);
                Assert.Equal(weights.Shape, Assert.Single(NoteRnnCheckpoint.Recognise(TensorFlowCheckpoint.Open(path))).Shape);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rnn_model/")]
    public void Tuned_checkpoints_hold_three_nets(string scope)
    {
        using TemporaryFolder folder = new();
        NoteRnnShape shape = new(38, [5]);
        string[] prefixes = ["q_network/", "target_q_network/", "reward_rnn/"];
        List<MadeTensor> tensors = [.. prefixes.SelectMany((prefix, i) =>
            MadeNet.Tensors(MadeNet.Weights(shape, (ulong)i), MadeNet.Modern, prefix + scope, parts: 1 + i)), .. MadeNet.BookKeeping(1)];
        CheckpointWriter.V2(folder["m"], tensors, new TableWriter());
        Assert.Equal(MadeNet.Weights(shape, 0).Values, NoteRnnCheckpoint.Load(folder["m"]).Weights.Values);
        foreach (NoteRnnRole role in Enum.GetValues<NoteRnnRole>())
        {
            NoteRnnCheckpoint net = NoteRnnCheckpoint.Load(folder["m"], role);
            Assert.Equal(MadeNet.Weights(shape, (ulong)role).Values, net.Weights.Values);
            Assert.Equal(prefixes[(int)role] + scope, net.Tensors.Scope);
        }

        Assert.Equal(3, NoteRnnCheckpoint.Recognise(TensorFlowCheckpoint.Open(folder["m"])).Length);
    }

    [Fact]
    public void A_net_that_is_not_there_is_an_error_that_lists_what_is()
    {
        using TemporaryFolder folder = new();
        List<MadeTensor> plain = MadeNet.Tensors(MadeNet.Weights(new NoteRnnShape(38, [5]), 0), MadeNet.Modern);
        string path = folder.Write("plain", CheckpointWriter.V1(plain, new TableWriter())[0]);
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(path, NoteRnnRole.RewardRnn));
        Assert.StartsWith(
            "plain: expected a net under reward_rnn/; found fully_connected/biases Float32 [38], ", error.Message, StringComparison.Ordinal);

        List<MadeTensor> half = [.. plain.Where(tensor => !tensor.Name.EndsWith("kernel", StringComparison.Ordinal))];
        path = folder.Write("half", CheckpointWriter.V1(half, new TableWriter())[0]);
        error = Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(path));
        Assert.Contains("expected a Note RNN: for each LSTM layer a kernel [input + units, 4 x units]", error.Message, StringComparison.Ordinal);
        Assert.Contains("found fully_connected/biases", error.Message, StringComparison.Ordinal);

        path = folder.Write("none", CheckpointWriter.V1(MadeNet.BookKeeping(3), new TableWriter())[0]);
        Assert.Contains(
            "found no weights",
            Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(path)).Message, StringComparison.Ordinal);
        Assert.Empty(NoteRnnCheckpoint.Recognise(TensorFlowCheckpoint.Open(path)));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        using TemporaryFolder folder = new();
        string[] names = [.. MadeNet.Modern.Select(name => name.Replace("{0}", "0", StringComparison.Ordinal))];
        string Message(long[] kernel, long[] bias, long[] output, long[] outputBias)
        {
            RLTuner.Numerics.RandomSource random = new(1, "shapes");
            long[][] shapes = [kernel, bias, output, outputBias];
            IEnumerable<MadeTensor> tensors = names.Zip(shapes, (name, shape) => MadeTensor.Random(name, [.. shape], random));
            CheckpointWriter.V2(folder["m"], [.. tensors], new TableWriter());
            return Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(folder["m"])).Message;
        }

        Assert.Contains(
            "kernel: expected shape [43, 20] (38 classes + 5 units, 4 x 5); nets with lookback or attention inputs can't be used, found [120, 20]",
            Message([120, 20], [20], [5, 38], [38]), StringComparison.Ordinal);
        Assert.Contains(
            "kernel: expected shape [input + units, 4 x units], found [43, 21]", Message([43, 21], [21], [5, 38], [38]), StringComparison.Ordinal);
        Assert.Contains("bias: expected shape [20], found [19]", Message([43, 20], [19], [5, 38], [38]), StringComparison.Ordinal);
        Assert.Contains("weights: expected shape [5, 38]", Message([43, 20], [20], [6, 38], [38]), StringComparison.Ordinal);
        Assert.Contains("biases: expected shape [38], found [37]", Message([43, 20], [20], [5, 38], [37]), StringComparison.Ordinal);
        Assert.Contains("at least 3 classes", Message([7, 20], [20], [5, 2], [2]), StringComparison.Ordinal);
        Assert.Contains("expected shape", Message([43], [20], [5, 38], [38]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lowest_pitch_is_the_callers_and_must_fit()
    {
        using TemporaryFolder folder = new();
        NoteRnnWeights weights = MadeNet.Weights(new NoteRnnShape(38, [5]), 0);
        string path = folder.Write("m", CheckpointWriter.V1(MadeNet.Tensors(weights, MadeNet.Modern), new TableWriter())[0]);
        Assert.Equal(MelodyEncoding.Default, NoteRnnCheckpoint.Load(path).Model.Encoding);
        Assert.Equal(new MelodyEncoding(new Pitch(36), 38), NoteRnnCheckpoint.Load(path, lowest: new Pitch(36)).Model.Encoding);
        Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(path, lowest: new Pitch(120)));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_an_error()
    {
        using TemporaryFolder folder = new();
        NoteRnnWeights weights = MadeNet.Weights(new NoteRnnShape(38, [5]), 0);
        weights.OutputBias[3] = float.NaN;
        string path = folder.Write("m", CheckpointWriter.V1(MadeNet.Tensors(weights, MadeNet.Modern), new TableWriter())[0]);
        Assert.Contains(
            "biases: expected finite weights, found NaN at 3",
            Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(path)).Message,
            StringComparison.Ordinal);
    }
}
