using Microsoft.ML.OnnxRuntime;
using RLTuner.NoteRnn;
using RLTuner.Tests;

namespace RLTuner.Onnx.Tests;

/// <summary>ONNX Runtime computes from our files what our program computes.</summary>
public sealed class OnnxRuntimeTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Nets => [.. ManyNets.Plain, .. ManyNets.Others];

    [Theory]
    [MemberData(nameof(Nets))]
    public void Logits_after_each_of_64_events_agree(string name)
    {
        NoteRnnModel net = ManyNets.Of(name);
        string path = _folder.PathTo("net.onnx");
        OnnxNetFormat.Format.Export(net, path);

        // Three melodies side by side, as the batch is free.
        Heard[] melodies = [new(net, 1), new(net, 2), new(net, 3)];
        float[][][] expected = [.. melodies.Select(melody => melody.Logits())];
        using InferenceSession session = new(path);
        Dictionary<string, OrtValue> state = session.InputMetadata.Where(input => input.Value.ElementType == typeof(float))
            .ToDictionary(input => input.Key, input => OrtValue.CreateTensorValueFromMemory(new float[3 * input.Value.Dimensions[1]], [3, input.Value.Dimensions[1]]));
        string[] numbers = [.. session.InputMetadata.Keys.Except(state.Keys)];
        using RunOptions options = new();
        double largest = 0;
        for (int i = 0; i < expected[0].Length; i++)
        {
            Dictionary<string, OrtValue> inputs = new(state);
            foreach (string number in numbers)
            {
                inputs.Add(number, OrtValue.CreateTensorValueFromMemory([.. melodies.Select(melody => melody.Feeds(i)[number])], [3]));
            }

            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, inputs, session.OutputNames);
            ReadOnlySpan<float> logits = outputs[session.OutputNames.ToList().IndexOf("logits")].GetTensorDataAsSpan<float>();
            for (int melody = 0; melody < 3; melody++)
            {
                for (int c = 0; c < net.Shape.Classes; c++)
                {
                    largest = Math.Max(largest, Math.Abs(logits[(melody * net.Shape.Classes) + c] - expected[melody][i][c]));
                }
            }

            state = state.Keys.ToDictionary(key => key, key =>
            {
                OrtValue after = outputs[session.OutputNames.ToList().IndexOf($"next_{key}")];
                return OrtValue.CreateTensorValueFromMemory(after.GetTensorDataAsSpan<float>().ToArray(), after.GetTensorTypeAndShape().Shape);
            });
        }

        Assert.InRange(largest, 0, Tolerance);
        Assert.Contains(expected[0][^1], logit => Math.Abs(logit) > 0.1);
    }

    [Fact]
    public void Metadata_say_what_classes_mean()
    {
        OnnxNetFormat.Format.Export(ManyNets.Of("shipped"), _folder.PathTo("net.onnx"));
        using InferenceSession session = new(_folder.PathTo("net.onnx"));
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(["38", "48", "learned"], new[] { "classes", "lowest_pitch", "beginning" }.Select(key => metadata[key]));
        Assert.Equal("event bars-ago:1 bars-ago:2 bars-ago:4 bar", metadata["inputs"]);
        Assert.Contains("Class 0 holds what sounds", session.ModelMetadata.Description, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
