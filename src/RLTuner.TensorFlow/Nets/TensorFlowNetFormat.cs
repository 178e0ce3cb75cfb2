using RLTuner.NoteRnn;

namespace RLTuner.TensorFlow.Nets;

/// <summary>TensorFlow checkpoints and Magenta bundles as a kind of net file.</summary>
public static class TensorFlowNetFormat
{
    /// <summary>To be added to <see cref="NetFormat.Known"/>, last: a checkpoint may have any name, or be a folder.</summary>
    public static NetFormat Format { get; } = new(
        "TensorFlow", [".mag", ".index", ""], (path, expected) => NoteRnnCheckpoint.Load(path, expectedClasses: expected.Classes, lowest: expected.Lowest).Model);
}
