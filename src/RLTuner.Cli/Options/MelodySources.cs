using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.TensorFlow.Records;

namespace RLTuner.Cli.Options;

/// <summary>Melodies of every kind of file: those that the library knows, and TFRecords, which only the TensorFlow part knows.</summary>
internal static class MelodySources
{
    /// <summary>As <see cref="MelodyFiles.Read"/>.</summary>
    public static IReadOnlyList<Melody> Read(string path, MelodyEncoding encoding, bool asOriginal) =>
        TFRecordFile.IsNamedLikeOne(path) ? TFRecordMusic.ReadMelodies(path, encoding) : MelodyFiles.Read(path, encoding, asOriginal, Remark);

    /// <summary>As <see cref="MelodyFiles.ReadPrimer"/>.</summary>
    public static IReadOnlyList<Melody> ReadPrimer(string path, MelodyEncoding encoding) =>
        TFRecordFile.IsNamedLikeOne(path) ? TFRecordMusic.ReadPrimers(path, encoding) : MelodyFiles.ReadPrimer(path, encoding, remark: Remark);

    private static void Remark(string line) => Console.Error.WriteLine($"rltuner: {PlainText.Of(line)}");
}
