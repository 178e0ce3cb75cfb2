using System.Formats.Tar;
using System.Text;
using RLTuner.Corpus;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Onnx;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Scores.Midi;
using RLTuner.Scores.MusicXml;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Records;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests.Fuzz;

/// <summary>Every reader of strangers' files.</summary>
internal static class FuzzTargets
{
    private static readonly ReadingOptions Options = new(MelodyEncoding.Default);

    public static IReadOnlyList<string> Names { get; } =
        ["MIDI", "MusicXML", "mxl", "ABC", "jsonl", "corpus", "TFRecord", "V1", "V2 index", "V2 data", "mag", "safetensors", "zip", "tar", "tar.gz", "gz", "state", "options", "progress", "metrics", "ONNX",
            "Magenta.js manifest", "Magenta.js config", "Magenta.js weights"];

    /// <summary>Makes one; its seeds are also the files that were found by tests/afl, which stand in Fuzz/Found.</summary>
    public static FuzzTarget Create(string name, TemporaryFolder folder)
    {
        FuzzTarget target = Made(name, folder);
        string found = Path.Combine(SharedFolder.RepositoryRoot(), "tests", "RLTuner.TensorFlow.Tests", "Fuzz", "Found", name.Replace(' ', '-'));
        return Directory.Exists(found) ? target with { Seeds = [.. target.Seeds, .. Directory.GetFiles(found).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)] } : target;
    }

    private static FuzzTarget Made(string name, TemporaryFolder folder) => name switch
    {
        "MIDI" => new(name, false, [Seeds.Midi, .. Seeds.Real(".mid", "corpora", "midi-samples"), .. Seeds.Real(".mid", "field-cases")], bytes => Score(MidiReader.Read(bytes, "f.mid"))),
        "MusicXML" => new(name, false, [Seeds.MusicXml], bytes => Score(MusicXmlReader.Read(bytes, "f.xml"))),
        "mxl" => new(name, true, [Seeds.Zip(("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"s.xml\"/></rootfiles></container>"u8.ToArray()), ("s.xml", Seeds.MusicXml)),
            .. Seeds.Real(".mxl", "corpora", "train", "openscore-lieder-mxl.tar.gz")], bytes => Score(MusicXmlReader.Read(bytes, "f.mxl"))),
        "ABC" => new(name, false, [Seeds.Abc, .. Seeds.Real(".abc", "corpora", "eval", "openhymnal-abc.tar.gz"), .. Seeds.Real(".abc", "field-cases")], Abc),
        "jsonl" => new(name, false, [Seeds.Written("f.jsonl", path => MelodyJsonLines.Write(path, [Seeds.Tune, Seeds.Tune], MelodyEncoding.Default))], Corpus),
        "corpus" => new(name, true, [Seeds.Written("f.corpus", path => CorpusFile.Save(MadeCorpus(), path))], Corpus),
        "TFRecord" => new(name, true, [.. Records()], Records),
        "V1" => Checkpoint(name, folder, "v1", CheckpointWriter.V1(Seeds.Tensors(), new TableWriter(BlockSize: 700, Snappy: true))[0], "v1"),
        "V2 index" => V2(name, folder, "v2.index"),
        "V2 data" => V2(name, folder, "v2.data-00000-of-00001"),
        "mag" => Checkpoint(name, folder, "b.mag", CheckpointWriter.Bundle(CheckpointWriter.V1(Seeds.Tensors(), new TableWriter())), "b.mag"),
        "safetensors" => new(name, true, [Seeds.Written("f.safetensors", path => NoteRnnFile.Save(Net(), path))], SafeTensors),
        "zip" => Archive(name, folder, "f.zip", true, Seeds.Zip(("a.mid", Seeds.Midi), ("b/c.abc", Seeds.Abc))),
        "tar" => Archive(name, folder, "f.tar", false, Tar(TarEntryFormat.Pax), Tar(TarEntryFormat.Gnu)),
        "tar.gz" => Archive(name, folder, "f.tar.gz", true, Seeds.GZip(Tar(TarEntryFormat.Pax)), Seeds.GZip(Tar(TarEntryFormat.Gnu))),
        "state" => RunFiles.State(name, folder),
        "options" => RunFiles.Options(name, folder),
        "progress" => RunFiles.Progress(name, folder),
        "metrics" => RunFiles.Metrics(name, folder),
        "ONNX" => new(name, true, [Seeds.Written("f.onnx", path => OnnxNetFormat.Format.Export(Net(), path))], bytes =>
            [Text(OnnxNetFormat.Format.Read(folder.Write("f.onnx", bytes), new ExpectedNet()))])
        {
            Cases = 1_500,
        },
        "Magenta.js manifest" => MagentaJs(name, folder, "weights_manifest.json"),
        "Magenta.js config" => MagentaJs(name, folder, "config.json"),
        "Magenta.js weights" => MagentaJs(name, folder, "group1-shard1of1"),
        _ => Archive(name, folder, "f.mid.gz", true, Seeds.GZip(Seeds.Midi)),
    };

    private static IEnumerable<string> Score(Score score)
    {
        _ = score.Notes.Select(note => score.SecondsAt(note.End)).DefaultIfEmpty().Max();
        return [$"{string.Join(' ', score.Notes.Select(note => $"{note.Pitch.MidiNumber}@{note.Start}-{note.End}"))} {string.Join(' ', score.TimeSignatures)}"];
    }

    private static IEnumerable<string> Abc(byte[] bytes) =>
        MusicFormat.Of("f.abc", MusicFormat.Known)!.Read(bytes, "f.abc", Options).Where(piece => piece.Score is not null).SelectMany(piece => Score(piece.Score!));

    private static IEnumerable<string> Corpus(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        MelodyCorpus corpus = CorpusFile.Load(stream, "f.corpus");
        return [.. corpus.Training.Concat(corpus.Validation).Select(melody => $"{melody.Piece} {string.Join(' ', melody.Melody.Events)}")];
    }

    private static MelodyCorpus MadeCorpus() => new()
    {
        Encoding = MelodyEncoding.Default,
        Training = [.. Enumerable.Range(0, 5).Select(i => new CorpusMelody($"piece {i}", Seeds.Tune) { Sharps = i })],
    };

    private static IEnumerable<byte[]> Records()
    {
        foreach (TFRecordCompression compression in Enum.GetValues<TFRecordCompression>())
        {
            yield return Seeds.Written(
                "f.tfrecord", path => SequenceExampleMelodies.Write(path, [Seeds.Tune, Seeds.Tune], MelodyEncoding.Default, compression));
        }
    }

    private static IEnumerable<string> Records(byte[] bytes) =>
        TFRecordFormat.Format.Read(bytes, "f.tfrecord", Options).SelectMany(piece => piece.Melodies).Select(melody => string.Join(' ', melody.Melody.Events));

    private static FuzzTarget V2(string name, TemporaryFolder folder, string file)
    {
        CheckpointWriter.V2(folder["v2"], Seeds.Tensors(), new TableWriter(BlockSize: 300, Snappy: true));
        return Checkpoint(name, folder, file, File.ReadAllBytes(folder[file]), "v2");
    }

    private static FuzzTarget Checkpoint(string name, TemporaryFolder folder, string file, byte[] seed, string opened) => new(name, true, [seed], bytes =>
    {
        folder.Write(file, bytes);
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(folder[opened]);
        _ = NoteRnnCheckpoint.Recognise(checkpoint);
        return [.. checkpoint.Tensors.Select(tensor => $"{tensor} " + string.Join(
            ' ', (IEnumerable<object>)(tensor.Type is TensorType.Int32 or TensorType.Int64 ? tensor.ReadIntegers().Cast<object>() : tensor.ReadFloats().Cast<object>())))];
    })
    {
        Cases = 1_500,
    };

    private static NoteRnnModel Net() => new(MadeNet.Weights(new NoteRnnShape(9, [3, 3]), 5), new MelodyEncoding(new Pitch(60), 9));

    private static IEnumerable<string> SafeTensors(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        NoteRnnModel net = NoteRnnFile.Load(stream, "f.safetensors");

        // Other programs write nets without a checksum; who damages its name makes one of these.
        return bytes.AsSpan().IndexOf("\"sha256\":\""u8) < 0 ? [] : [Text(net)];
    }

    private static string Text(NoteRnnModel net) => $"{net.Shape} {net.Encoding} {net.KnowsBeginnings} {string.Join(' ', net.Weights.Values.ToArray())}";

    /// <summary>A folder without checksums, one of its files damaged; also with weights packed into bytes.</summary>
    private static FuzzTarget MagentaJs(string name, TemporaryFolder folder, string file)
    {
        _ = TensorFlowNetFormat.MagentaJs.Export(Net(), folder["js"]);
        byte[] whole = File.ReadAllBytes(Path.Combine(folder["js"], file));
        byte[] packed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole).Replace(
            "\"dtype\": \"float32\"", "\"dtype\": \"float32\", \"quantization\": {\"dtype\": \"uint8\", \"scale\": 0.01, \"min\": -1}", StringComparison.Ordinal));
        return new FuzzTarget(name, false, file.EndsWith(".json", StringComparison.Ordinal) ? [whole, packed] : [whole], bytes =>
        {
            File.WriteAllBytes(Path.Combine(folder["js"], file), bytes);
            return [Text(TensorFlowNetFormat.MagentaJs.Read(folder["js"], new ExpectedNet()))];
        })
        {
            Cases = 1_500,
        };
    }

    /// <summary>Gzip files one after the other are one, so that a doubled file is a sound one of doubled content.</summary>
    private static byte[] Once(byte[] content)
    {
        int length = Seeds.Midi.Length;
        bool isRepeated = content.Length > length && content.Length % length == 0 && content.Chunk(length).All(part => part.AsSpan().SequenceEqual(Seeds.Midi));
        return isRepeated ? Seeds.Midi : content;
    }

    private static byte[] Tar(TarEntryFormat format) => Seeds.Tar(format, ("a.mid", Seeds.Midi), ($"{new string('x', 120)}/b.abc", Seeds.Abc), ("c.txt", [1, 2]));

    private static FuzzTarget Archive(string name, TemporaryFolder folder, string file, bool isChecksummed, params byte[][] seeds) => new(name, isChecksummed, seeds, bytes =>
    {
        folder.Write(file, bytes);
        SourceFile[] files = [.. new SourceFiles(MusicFormat.Known).Read([folder[file]])];

        // What is marked as damaged or cut short is not taken for whole.
        return files.Any(found => found.Problem is not null && found.Bytes is null && found.Name == file)
            ? [] : [.. files.Where(found => found.Bytes is not null).Select(found => Convert.ToHexString(Once(found.Bytes!)))];
    })
    {
        Cases = 2_000,
    };
}
