using System.Collections.Immutable;
using Google.Protobuf;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.MagentaJs;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Nets;

/// <summary>
/// TensorFlow checkpoints, Magenta bundles and folders of Magenta.js as kinds of net files. Nets are written under the names of Magenta's
/// <c>basic_rnn</c>.
/// </summary>
public static class TensorFlowNetFormat
{
    private const string CheckpointName = "model.ckpt";

    /// <summary>No more than a net that hears the last event.</summary>
    private static readonly NetCapacity Plain = new() { Inputs = false, Prior = false, Beginning = false, Range = false };

    /// <summary>A folder that Magenta.js loads, with a page that plays.</summary>
    public static NetFormat MagentaJs { get; } = new("magentajs", ["weights_manifest.json", "config.json"], Read, MagentaJsFolder.Write)
    {
        Carries = Plain with { Range = true },
    };

    /// <summary>A Magenta bundle: a V1 checkpoint and what it is, in one file. It holds no graph.</summary>
    public static NetFormat Bundle { get; } = new("mag", [".mag"], Read, WriteBundle) { Carries = Plain };

    /// <summary>A folder with a checkpoint of the second version.</summary>
    public static NetFormat V2 { get; } = new(
        "tensorflow-v2", [".index"], Read, (model, path) => WriteFolder(path, folder => SavedCheckpoint.V2(Path.Combine(folder, CheckpointName), BasicRnnTensors.Of(model.Weights))))
    {
        Carries = Plain,
    };

    /// <summary>A folder with a checkpoint of the first version. Its ending fits every name, since a checkpoint may have any.</summary>
    public static NetFormat V1 { get; } = new(
        "tensorflow-v1", [""], Read, (model, path) => WriteFolder(
            path, folder => AtomicFile.Write(Path.Combine(folder, CheckpointName), file => SavedCheckpoint.V1(file, BasicRnnTensors.Of(model.Weights)))))
    {
        Carries = Plain,
    };

    /// <summary>To be added to <see cref="NetFormat.Known"/>, last. Each reads what all of them do: files are known by their content.</summary>
    public static ImmutableArray<NetFormat> All { get; } = [MagentaJs, Bundle, V2, V1];

    private static NoteRnnModel Read(string path, ExpectedNet expected) => NoteRnnCheckpoint.Load(path, expectedClasses: expected.Classes, lowest: expected.Lowest).Model;

    private static void WriteFolder(string path, Action<string> write) => AtomicFolder.Write(path, folder =>
    {
        write(folder);
        File.WriteAllText(Path.Combine(folder, CheckpointState.FileName), $"model_checkpoint_path: \"{CheckpointName}\"\nall_model_checkpoint_paths: \"{CheckpointName}\"\n");
    });

    private static void WriteBundle(NoteRnnModel model, string path)
    {
        using MemoryStream checkpoint = new();
        SavedCheckpoint.V1(checkpoint, BasicRnnTensors.Of(model.Weights));
        GeneratorBundleProto bundle = new()
        {
            GeneratorDetails = new() { Id = "basic_rnn", Description = "Melody RNN with one-hot melody encoding." },
            BundleDetails = new() { Description = $"A Note RNN of RLTuner: {model.Shape}, {model.Encoding.Lowest} to {model.Encoding.Highest}" },
        };
        bundle.CheckpointFile.Add(UnsafeByteOperations.UnsafeWrap(checkpoint.GetBuffer().AsMemory(0, (int)checkpoint.Length)));
        AtomicFile.Write(path, bundle.WriteTo);
    }
}
