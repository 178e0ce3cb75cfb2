using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.MagentaJs;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow;

/// <summary>The named tensors of a TensorFlow checkpoint, of either version, or of a Magenta bundle.</summary>
public sealed class TensorFlowCheckpoint
{
    private const string StepName = "global_step";

    private TensorFlowCheckpoint(string name, CheckpointKind kind, long? namedStep, IEnumerable<CheckpointTensor> tensors)
    {
        Name = name;
        Kind = kind;
        Tensors = [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        Step = SavedStep() ?? namedStep;
    }

    /// <summary>Its file name without endings, such as <c>model.ckpt-1994</c>.</summary>
    public string Name { get; }

    /// <summary>Its format.</summary>
    public CheckpointKind Kind { get; }

    /// <summary>The training step: that of <c>global_step</c>, or else of the file name; null if neither tells.</summary>
    public long? Step { get; }

    /// <summary>The pitch of class 2 where files of the kind say it, as those of Magenta.js do; else null.</summary>
    public Pitch? Lowest { get; private init; }

    /// <summary>The tensors in the order of their names.</summary>
    public ImmutableArray<CheckpointTensor> Tensors { get; }

    /// <summary>
    /// Opens a checkpoint. The path may be a V1 file (or one of several), a V2 prefix, <c>.index</c> or <c>.data-…</c> file, a
    /// <c>.mag</c> bundle, a folder of Magenta.js or a file in it, or a folder: then the latest checkpoint in it.
    /// </summary>
    /// <exception cref="CheckpointFormatException">There is none, or it is damaged.</exception>
    public static TensorFlowCheckpoint Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckpointLocation location = CheckpointLocator.Find(path);
        string name = Path.GetFileName(location.Prefix);
        IEnumerable<CheckpointTensor> tensors = location.Kind switch
        {
            CheckpointKind.V1 => CheckpointV1.Read(name, [.. location.Files.Select(file => new FileSource(file))]),
            CheckpointKind.V2 => CheckpointV2.Read(location.Prefix),
            CheckpointKind.MagentaJs => MagentaJsReader.Read(location.Prefix),
            _ => CheckpointV1.Read(name, MagentaBundle.Read(location.Prefix).Sources()),
        };
        return new TensorFlowCheckpoint(name, location.Kind, CheckpointLocator.StepOf(location.Prefix), tensors)
        {
            Lowest = location.Kind == CheckpointKind.MagentaJs ? MagentaJsReader.Lowest(location.Prefix) : null,
        };
    }

    /// <summary>Opens a V1 checkpoint of one file that is not on a disk.</summary>
    /// <exception cref="CheckpointFormatException">It is damaged or no checkpoint.</exception>
    internal static TensorFlowCheckpoint FromBytes(string name, ReadOnlyMemory<byte> bytes) =>
        new(name, CheckpointKind.V1, CheckpointLocator.StepOf(name), CheckpointV1.Read(name, [new MemorySource(name, bytes)]));

    /// <summary>Whether a path looks like something that <see cref="Open"/> is for, be it whole or damaged.</summary>
    public static bool IsCheckpoint(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return CheckpointLocator.LooksLikeOne(path);
        }
        catch (CheckpointFormatException)
        {
            // A folder that may not be read.
            return false;
        }
    }

    /// <summary>The tensor of a name, or null.</summary>
    public CheckpointTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    private long? SavedStep() =>
        Find(StepName) is { Count: 1, Type: TensorType.Int32 or TensorType.Int64 } step ? step.ReadIntegers()[0] : null;
}
