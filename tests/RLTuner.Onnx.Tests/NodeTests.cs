using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Nets;
using RLTuner.Tests;

namespace RLTuner.Onnx.Tests;

/// <summary>Magenta.js' MusicRNN and onnxruntime-web, in Node, compute from our files what our program computes.</summary>
public sealed class NodeTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Plain => [.. ManyNets.Plain];

    public static TheoryData<string> All => [.. ManyNets.Plain, .. ManyNets.Others];

    [Theory]
    [MemberData(nameof(Plain))]
    public void MusicRNN_expects_the_same(string name)
    {
        NoteRnnModel net = ManyNets.Of(name);
        string folder = _folder.PathTo("js");
        TensorFlowNetFormat.MagentaJs.Export(net, folder);
        Heard melody = new(net with { KnowsBeginnings = false }, 1);
        JsonElement found = Run("@magenta/music", "musicrnn.cjs", folder, JsonSerializer.Serialize(melody.Classes.ToArray()));
        Assert.Equal([net.Encoding.Lowest.MidiNumber, net.Encoding.Highest.MidiNumber], found.GetProperty("range").EnumerateArray().Select(pitch => pitch.GetInt32()));
        float[][] expected = [.. melody.Logits().Select(logits => { Softmax.Probabilities(logits, logits); return logits; })];
        Agree(expected, found.GetProperty("probabilities"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_runtime_of_browsers_computes_the_same(string name)
    {
        NoteRnnModel net = ManyNets.Of(name);
        OnnxNetFormat.Format.Export(net, _folder.PathTo("net.onnx"));
        Heard melody = new(net, 1);
        string[] asked = [.. OnnxWriter.Model(net).Graph.Input.Where(input => input.Type.TensorType.ElemType == GraphBuilder.Int64).Select(input => input.Name)];
        IEnumerable<Dictionary<string, long>> feeds = Enumerable.Range(0, melody.Classes.Length)
            .Select(i => melody.Feeds(i).Where(feed => asked.Contains(feed.Key)).ToDictionary());
        File.WriteAllText(_folder.PathTo("feeds.json"), JsonSerializer.Serialize(feeds));
        Agree(melody.Logits(), Run("onnxruntime-web", "onnx.mjs", _folder.PathTo("net.onnx"), _folder.PathTo("feeds.json")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Agree(float[][] expected, JsonElement found)
    {
        Assert.Equal(expected.Length, found.GetArrayLength());
        double largest = expected.Zip(found.EnumerateArray()).Max(row => row.First.Zip(row.Second.EnumerateArray()).Max(pair => Math.Abs(pair.First - pair.Second.GetDouble())));
        Assert.InRange(largest, 0, Tolerance);
    }

    private static JsonElement Run(string package, string script, params string[] arguments)
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot(), "tests", "node");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", package)), $"needs the npm package {package} (npm install --ignore-scripts in tests/node)");
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
            return JsonDocument.Parse(output).RootElement;
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs the program node (Debian package nodejs)");
            throw;
        }
    }
}
