using Google.Protobuf;
using RLTuner.Files;
using RLTuner.NoteRnn;

namespace RLTuner.Onnx;

/// <summary>ONNX models as a kind of net file. Those that RLTuner wrote are read again, to the bit; those of others are not.</summary>
public static class OnnxNetFormat
{
    /// <summary>To be added to <see cref="NetFormat.Known"/>. A prior is folded in; all else is kept.</summary>
    public static NetFormat Format { get; } = new("onnx", [".onnx"], (path, expected) => expected.Of(OnnxReader.Load(path), path), Write)
    {
        Carries = new NetCapacity { Prior = false },
    };

    private static void Write(NoteRnnModel model, string path) => AtomicFile.Write(path, OnnxWriter.Model(model).WriteTo);
}
