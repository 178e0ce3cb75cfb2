using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Scores.Midi;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Files that a user may hand over by mistake, and good ones to combine them with.</summary>
public sealed class BadFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes them all.</summary>
    public BadFiles()
    {
        TestNets.Small(_folder.Path);
        TestNets.Narrow(_folder.Path);
        byte[] net = File.ReadAllBytes(PathTo("net.safetensors"));
        File.WriteAllBytes(PathTo("torn.safetensors"), net[..^100]);

        // As another program writes it: without a checksum.
        byte[] noNumber = [.. net];
        "other_"u8.CopyTo(noNumber.AsSpan(noNumber.AsSpan().IndexOf("sha256"u8)));
        BitConverter.TryWriteBytes(noNumber.AsSpan(noNumber.Length - 4), float.NaN);
        File.WriteAllBytes(PathTo("nan.safetensors"), noNumber);

        NoteRnnWeights weights = MadeNet.Weights(new NoteRnnShape(38, [8]), 3);
        byte[] checkpoint = CheckpointWriter.V1(MadeNet.Tensors(weights, MadeNet.Modern), new TableWriter())[0];
        File.WriteAllBytes(PathTo("model.ckpt-1"), checkpoint);
        File.WriteAllBytes(PathTo("torn.ckpt-1"), checkpoint[..(checkpoint.Length / 2)]);
        checkpoint[1000] ^= 1;
        File.WriteAllBytes(PathTo("corrupt.ckpt-1"), checkpoint);
        CheckpointWriter.V2(PathTo("second.ckpt-1"), MadeNet.Tensors(weights, MadeNet.Modern), new TableWriter());
        string data = PathTo("second.ckpt-1.data-00000-of-00001");
        byte[] values = File.ReadAllBytes(data);
        values[^1] ^= 1;
        values[0] ^= 1;
        values[values.Length / 2] ^= 1;
        File.WriteAllBytes(data, values);
        File.WriteAllBytes(PathTo("none.mag"), [.. "not a bundle"u8]);

        File.WriteAllText(PathTo("nothing.mid"), "");
        File.WriteAllBytes(PathTo("silent.mid"), [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 1, 224, .. "MTrk"u8, 0, 0, 0, 4, 0, 255, 47, 0]);
        Melody high = new([MelodyEvent.NoteOn(new Pitch(100)), MelodyEvent.NoteOff, MelodyEvent.NoteOn(new Pitch(98)), MelodyEvent.NoteOff]);
        MidiWriter.Write(PathTo("high.mid"), high);
        File.WriteAllText(PathTo("nothing.jsonl"), "");
        File.WriteAllText(PathTo("torn.jsonl"), "{\"events\":[14,0,0,1]}\n{\"events\":[14,0");
        File.WriteAllText(PathTo("class.jsonl"), "{\"events\":[14,0,38]}\n");
        File.WriteAllText(PathTo("good.jsonl"), "{\"events\":[14,0,16,0]}\n");
        File.WriteAllText(PathTo("rules-unknown.json"), "{\"key\": 2, \"kye\": 1}");
        File.WriteAllText(PathTo("rules-word.json"), "{\"key\": \"much\"}");
        File.WriteAllText(PathTo("rules-null.json"), "null");
        File.WriteAllText(PathTo("rules-torn.json"), "{\"key\": ");
    }

    /// <summary>The full path of one.</summary>
    public string PathTo(string name) => _folder.PathTo(name);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
