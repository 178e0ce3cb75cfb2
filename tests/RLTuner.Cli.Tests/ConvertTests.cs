using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>checkpoint convert</c>, and nets in the forms that it writes.</summary>
public sealed class ConvertTests : IDisposable
{
    private static readonly string[] Forms = ["safetensors", "onnx", "magentajs", "mag", "tensorflow-v2", "tensorflow-v1"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_tuned_net_expects_the_same_in_every_form()
    {
        string run = _folder.PathTo("run");
        Runs.Tune(TestNets.Small(_folder.Path), run).Done();
        string expected = Expected(run);
        foreach (string form in Forms)
        {
            string path = _folder.PathTo(form is "safetensors" or "onnx" or "mag" ? $"net.{form}" : form);
            path = form == "safetensors" ? _folder.PathTo("again.safetensors") : path;
            Assert.Equal([path], Rltuner.Run("checkpoint", "convert", run, "--to", form, "--output", path).Done().Lines);
            Assert.Equal(expected, Expected(path));
            Assert.Contains("Can be used to compose, to tune further, and as safetensors, onnx", Rltuner.Run("checkpoint", "inspect", path).Done().Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_originals_tuned_checkpoint_is_composed_from_tuned_and_converted()
    {
        NoteRnnShape shape = new(38, [8]);
        List<MadeTensor> tensors =
        [
            .. MadeNet.Tensors(MadeNet.Weights(shape, 1), MadeNet.Modern, "q_network/"), .. MadeNet.Tensors(MadeNet.Weights(shape, 2), MadeNet.Modern, "target_q_network/"),
            .. MadeNet.Tensors(MadeNet.Weights(shape, 3), MadeNet.Modern, "reward_rnn/"),
        ];
        string path = _folder.PathTo("model.ckpt-50"), tuned = _folder.PathTo("tuned.safetensors");
        File.WriteAllBytes(path, CheckpointWriter.V1(tensors, new TableWriter())[0]);
        string said = Rltuner.Run("checkpoint", "inspect", path).Done().Output;
        Assert.Contains("Used: q_network/", said, StringComparison.Ordinal);
        Assert.Contains("Can be used to compose, to tune further", said, StringComparison.Ordinal);
        Rltuner.Run("checkpoint", "convert", path, "--to", "safetensors", "--output", tuned).Done();
        Assert.Equal(MadeNet.Weights(shape, 1).Values, NoteRnnFile.Load(tuned).Weights.Values);
        Assert.Equal(Expected(tuned), Expected(path));
        Runs.Tune(path, _folder.PathTo("run")).Done();
    }

    [Fact]
    public void A_net_that_cannot_be_used_is_named()
    {
        string path = _folder.PathTo("model.ckpt-1");
        NoteRnnShape shape = new(40, [8]);
        List<MadeTensor> tensors = MadeNet.Tensors(MadeNet.Weights(shape, 1), MadeNet.Modern);
        tensors[0] = new MadeTensor(tensors[0].Name, [121 + 8, 32], new float[129 * 32]);
        File.WriteAllBytes(path, CheckpointWriter.V1(tensors, new TableWriter())[0]);
        Assert.Contains("Cannot be used: lookback_rnn over 38 classes", Rltuner.Run("checkpoint", "inspect", path).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_is_refused_in_a_line_and_leaves_nothing()
    {
        string net = TestNets.Small(_folder.Path);
        Directory.CreateDirectory(_folder.PathTo("folder"));
        File.WriteAllText(_folder.PathTo("folder/mine"), "mine");
        string[] before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);
        Rltuner.Run("checkpoint", "convert", net, "--to", "keras", "--output", _folder.PathTo("x")).Refused(2, "--to: expected one of safetensors, onnx", "found 'keras'");
        Rltuner.Run("checkpoint", "convert", net, "--to", "onnx", "--output", _folder.PathTo("folder")).Refused(1, "found a folder in the way");
        Rltuner.Run("checkpoint", "convert", net, "--to", "magentajs", "--output", _folder.PathTo("folder")).Refused(1, "one with files in it in the way");
        Rltuner.Run("checkpoint", "convert", "shipped", "--to", "mag", "--output", _folder.PathTo("x.mag")).Refused(1, "also hears 'bars-ago:1'", "Choose onnx");
        Rltuner.Run("checkpoint", "convert", _folder.PathTo("none.onnx"), "--to", "mag", "--output", _folder.PathTo("x.mag")).Refused(1, "found no such file");
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_a_form_does_not_say_is_said()
    {
        Result result = Rltuner.Run("checkpoint", "convert", TestNets.Narrow(_folder.Path), "--to", "mag", "--output", _folder.PathTo("x.mag"));
        Assert.Equal(0, result.Code);
        Assert.Contains("class 2 is G2 (MIDI 43)", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What a net expects in a melody, and so all that it composes.</summary>
    private string Expected(string net)
    {
        string melody = _folder.PathTo("melody.jsonl");
        File.WriteAllText(melody, "{\"events\":[14,0,16,0,18,1,21,0]}\n");
        return Rltuner.Run("predict", "--model", net, "--format", "json", melody).Done().Output;
    }
}
