using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Nets;

namespace RLTuner.Tests.Golden;

/// <summary>Reads the outside numbers of <c>../shared/golden</c>.</summary>
internal static class GoldenFile
{
    public static JsonDocument Open(string name) => JsonDocument.Parse(File.ReadAllBytes(SharedFolder.PathTo("golden", name)));

    public static NoteRnnModel MagentaNoteRnn() =>
        NoteRnnCheckpoint.Load(SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994")).Model;

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public static int[] Integers(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt32())];

    public static float[] Floats(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];
}
