using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests;

/// <summary>Nets as TensorFlow's files: the bytes of TensorFlow itself, another reader's values, and our own reader's.</summary>
public sealed class WrittenNetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Formats { get; } = new()
    {
        { "v1", TensorFlowNetFormat.V1.Name },
        { "v2", TensorFlowNetFormat.V2.Name },
        { "mag", TensorFlowNetFormat.Bundle.Name },
        { "", TensorFlowNetFormat.MagentaJs.Name },
    };

    [Fact]
    public void The_2016_checkpoint_is_written_again_to_the_byte()
    {
        string path = SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994");
        using MemoryStream again = new();
        SavedCheckpoint.V1(again, TensorFlowCheckpoint.Open(path).Tensors.Select(Data));
        Assert.Equal(File.ReadAllBytes(path), again.ToArray());
    }

    [Fact]
    public void The_two_layer_checkpoint_is_written_again_to_the_byte()
    {
        string path = SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.index")[..^".index".Length];
        SavedCheckpoint.V2(_folder["again"], TensorFlowCheckpoint.Open(path).Tensors.Select(Data));
        foreach (string ending in new[] { ".index", ".data-00000-of-00001" })
        {
            Assert.Equal(File.ReadAllBytes(path + ending), File.ReadAllBytes(_folder["again" + ending]));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nets_come_back_bit_for_bit_and_another_reader_sees_the_same(string kind, string format)
    {
        foreach (NoteRnnShape shape in new NoteRnnShape[] { new(29, [12]), new(38, [64, 48]), new(130, [300]), new(38, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]) })
        {
            NoteRnnModel net = new(MadeNet.Weights(shape, 3), new MelodyEncoding(MelodyEncoding.UsualLowest(shape.Classes), shape.Classes));
            NetFormat written = TensorFlowNetFormat.All.First(known => known.Name == format);
            string path = _folder[$"net-{shape.Classes}-{shape.LayerSizes.Length}{(kind == "mag" ? ".mag" : "")}"];
            Assert.Empty(written.Export(net, path));
            NoteRnnModel read = written.Read(path, new ExpectedNet());
            Assert.Equal((shape, net.Encoding), (read.Shape, read.Encoding));
            Assert.Equal(net.Weights.Values, read.Weights.Values);
            NoteRnnCheckpoint checkpoint = NoteRnnCheckpoint.Load(path);
            Assert.False(checkpoint.Tensors.MatchedByShape);
            if (kind.Length > 0)
            {
                Compare(net, Python(kind, kind == "mag" ? path : Path.Combine(path, "model.ckpt")), kind);
            }
        }
    }

    [Fact]
    public void Magenta_js_keeps_the_range_and_others_say_that_they_do_not()
    {
        NoteRnnModel net = new(MadeNet.Weights(new NoteRnnShape(29, [12]), 3), new MelodyEncoding(new Pitch(43), 29));
        Assert.Empty(TensorFlowNetFormat.MagentaJs.Export(net, _folder["js"]));
        Assert.Equal(43, TensorFlowNetFormat.MagentaJs.Read(_folder["js"], new ExpectedNet()).Encoding.Lowest.MidiNumber);
        Assert.Equal(43, TensorFlowNetFormat.MagentaJs.Read(_folder["js/config.json"], new ExpectedNet()).Encoding.Lowest.MidiNumber);
        Assert.Contains("(MIDI 43)", Assert.Single(TensorFlowNetFormat.Bundle.Export(net, _folder["net.mag"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Magenta_js_of_whole_numbers_are_read()
    {
        NoteRnnModel net = new(MadeNet.Weights(new NoteRnnShape(38, [4]), 3), MelodyEncoding.Default);
        TensorFlowNetFormat.MagentaJs.Export(net, _folder["js"]);
        string manifest = File.ReadAllText(_folder["js/weights_manifest.json"]);
        File.WriteAllText(
            _folder["js/weights_manifest.json"],
            manifest.Replace("\"dtype\": \"float32\"", "\"dtype\": \"float32\", \"quantization\": {\"dtype\": \"uint8\", \"scale\": 0.5, \"min\": -1}", StringComparison.Ordinal));
        File.WriteAllBytes(_folder["js/group1-shard1of1"], [.. Enumerable.Repeat((byte)3, net.Weights.Values.Length)]);
        Assert.All(TensorFlowNetFormat.MagentaJs.Read(_folder["js"], new ExpectedNet()).Weights.Values, value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void Damaged_folders_of_Magenta_js_are_named()
    {
        NoteRnnModel net = new(MadeNet.Weights(new NoteRnnShape(38, [4]), 3), MelodyEncoding.Default);
        TensorFlowNetFormat.MagentaJs.Export(net, _folder["js"]);
        string manifest = _folder["js/weights_manifest.json"], text = File.ReadAllText(manifest);
        void Refused(string words) => Assert.Contains(
            words, Assert.Throws<CheckpointFormatException>(() => NoteRnnCheckpoint.Load(_folder["js"])).Message, StringComparison.Ordinal);
        File.WriteAllText(manifest, text.Replace("group1", "../group1", StringComparison.Ordinal));
        Refused("names of files beside it");
        File.WriteAllText(manifest, text[..^20]);
        Refused("weights_manifest.json");
        File.WriteAllText(manifest, text);
        File.WriteAllBytes(_folder["js/group1-shard1of1"], File.ReadAllBytes(_folder["js/group1-shard1of1"])[..^4]);
        Refused("A file is cut short");
        File.Delete(_folder["js/group1-shard1of1"]);
        Refused("group1-shard1of1: expected this file");
    }

    [Fact]
    public void Folders_are_whole_or_not_there_and_nothing_is_replaced()
    {
        NoteRnnModel net = new(MadeNet.Weights(new NoteRnnShape(38, [4]), 3), MelodyEncoding.Default);
        Directory.CreateDirectory(_folder["taken"]);
        File.WriteAllText(_folder["taken/mine"], "mine");
        Assert.Contains("in the way", Assert.Throws<IOException>(() => TensorFlowNetFormat.V2.Export(net, _folder["taken"])).Message, StringComparison.Ordinal);
        Assert.Contains("in the way", Assert.Throws<IOException>(() => TensorFlowNetFormat.Bundle.Export(net, _folder["taken"])).Message, StringComparison.Ordinal);
        Assert.Equal([_folder["taken"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal([_folder["taken/mine"]], Directory.GetFileSystemEntries(_folder["taken"]));
    }

    [Theory]
    [InlineData("attention_rnn", 38, "rnn/attention_cell_wrapper/attention/attn_w", 38)]
    [InlineData("lookback_rnn over 38 classes", 40, "", 121)]
    [InlineData("hears 63 numbers a step over 38 classes", 38, "", 63)]
    [InlineData("performance_rnn", 388, "", 388)]
    [InlineData("drums_rnn", 512, "", 512)]
    public void Nets_that_cannot_be_used_are_named(string expected, int classes, string more, int heard)
    {
        float[] Zeros(int count) => new float[count];
        List<MadeTensor> tensors =
        [
            new("rnn/multi_rnn_cell/cell_0/basic_lstm_cell/kernel", [heard + 4, 16], Zeros((heard + 4) * 16)), new("rnn/multi_rnn_cell/cell_0/basic_lstm_cell/bias", [16], Zeros(16)),
            new("fully_connected/weights", [4, classes], Zeros(4 * classes)), new("fully_connected/biases", [classes], Zeros(classes)),
        ];
        if (more.Length > 0)
        {
            tensors.Add(new(more, [1], Zeros(1)));
        }

        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.FromBytes("net", CheckpointWriter.V1(tensors, new TableWriter())[0]);
        Assert.Contains(expected, ForeignNets.Describe(checkpoint), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static SavedTensorData Data(CheckpointTensor tensor) => new(
        tensor.Name, tensor.Type, tensor.Shape,
        tensor.Type switch
        {
            TensorType.Float32 => MemoryMarshal.AsBytes(tensor.ReadFloats().AsSpan()).ToArray(),
            TensorType.Int32 => MemoryMarshal.AsBytes<int>(tensor.ReadIntegers().Select(value => (int)value).ToArray()).ToArray(),
            _ => MemoryMarshal.AsBytes(tensor.ReadIntegers().AsSpan()).ToArray(),
        });

    private static void Compare(NoteRnnModel net, JsonElement found, string kind)
    {
        Dictionary<string, JsonElement> tensors = found.GetProperty("tensors").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value);
        Assert.Equal(net.Weights.Variables.Length, tensors.Count);
        foreach ((int i, NoteRnnWeights.Variable variable) in net.Weights.Variables.Index())
        {
            string name = string.Format(
                System.Globalization.CultureInfo.InvariantCulture, MadeNet.Modern[(i >= net.Weights.Variables.Length - 2 ? 2 : 0) + (i % 2)], i / 2);
            byte[] values = MemoryMarshal.AsBytes(net.Weights.Values.AsSpan(variable.Offset, variable.Length)).ToArray();
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(values)), tensors[name].GetProperty("sha256").GetString());
            ImmutableArray<int> shape = variable.IsKernel ? [variable.Rows, variable.Columns] : [variable.Columns];
            Assert.Equal(shape, tensors[name].GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        }

        if (kind == "mag")
        {
            Assert.Equal("basic_rnn", found.GetProperty("id").GetString());
            Assert.Contains($"{net.Shape}, {net.Encoding.Lowest} to", found.GetProperty("details").GetString(), StringComparison.Ordinal);
        }
    }

    private static JsonElement Python(string kind, string path)
    {
        string script = Path.Combine(SharedFolder.RepositoryRoot(), "tests", "RLTuner.TensorFlow.Tests", "read_checkpoint.py");
        string program = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, [script, kind, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd(), said = errors.GetAwaiter().GetResult();
            process.WaitForExit();
            Assert.SkipWhen(said.Contains("No module named 'numpy'", StringComparison.Ordinal), "needs NumPy (Debian package python3-numpy)");
            Assert.True(process.ExitCode == 0, said);
            return JsonDocument.Parse(output).RootElement;
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs python3");
            throw;
        }
    }
}
