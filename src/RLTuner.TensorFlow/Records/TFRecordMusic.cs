using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Records;

/// <summary>What the records of a TFRecord file hold.</summary>
public enum TFRecordKind
{
    /// <summary>Training examples, a melody each: see <see cref="SequenceExampleMelodies"/>.</summary>
    SequenceExamples,

    /// <summary>Music: see <see cref="NoteSequenceReader"/>.</summary>
    NoteSequences,
}

/// <summary>Tells what a TFRecord file holds, and reads melodies from either kind.</summary>
public static class TFRecordMusic
{
    /// <summary>The kind of a file, judged by its first record.</summary>
    /// <exception cref="TFRecordFormatException">The record is damaged or of neither kind, or there is none.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static TFRecordKind KindOf(string path)
    {
        foreach (TFRecord record in TFRecordFile.Read(path))
        {
            return KindOf(record);
        }

        throw new TFRecordFormatException(path, null, 0, "expected records with melodies, found none (choose a file with some)");
    }

    /// <summary>The kind of a record.</summary>
    /// <exception cref="TFRecordFormatException">The record is of neither kind.</exception>
    public static TFRecordKind KindOf(TFRecord record) =>
        StepReader.Fits(record.TryParse(SequenceExampleProto.Parser)) ? TFRecordKind.SequenceExamples
        : NoteSequenceReader.Fits(record.TryParse(NoteSequenceProto.Parser)) ? TFRecordKind.NoteSequences
        : throw record.Error("expected a SequenceExample with the lists inputs and labels, or a NoteSequence, found neither");

    /// <summary>Reads every melody of a file; all of their pitches lie in the encoding.</summary>
    /// <exception cref="TFRecordFormatException">
    /// A record is damaged or holds no melody of this encoding, music does not fit one grid of steps, or there is no melody.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<Melody> ReadMelodies(string path, MelodyEncoding encoding) => Melodies(path, encoding, anyPitch: false);

    /// <summary>
    /// Reads every melody of a file whatever its range, for callers that move it into the encoding with a <see cref="KeyTransposer"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">What class numbers mean; pitches of NoteSequences may lie outside it.</param>
    /// <exception cref="TFRecordFormatException">
    /// A record is damaged or holds no melody of this encoding, music does not fit one grid of steps, or there is no melody.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<Melody> ReadPrimers(string path, MelodyEncoding encoding) => Melodies(path, encoding, anyPitch: true);

    private static List<Melody> Melodies(string path, MelodyEncoding encoding, bool anyPitch)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: expected a file, found none (check the path)", path);
        }

        List<Melody> melodies = [];
        TFRecordKind? kind = null;
        foreach (TFRecord record in TFRecordFile.Read(path))
        {
            kind ??= KindOf(record);
            foreach (Melody melody in kind == TFRecordKind.NoteSequences ? Extracted(record) : [SequenceExampleMelodies.Read(record, encoding)])
            {
                MelodyEvent outside = melody.Events.FirstOrDefault(@event => !encoding.Contains(@event));
                melodies.Add(anyPitch || !outside.StartsNote
                    ? melody
                    : throw record.Error($"expected pitches {encoding.Lowest} to {encoding.Highest}, found {outside} (transpose it first)"));
            }
        }

        return melodies.Count > 0
            ? melodies
            : throw new TFRecordFormatException(path, null, 0, "expected a melody, found none (drums are not read; choose a file with a melody)");
    }

    private static IEnumerable<Melody> Extracted(TFRecord record)
    {
        Score score = NoteSequenceReader.Read(record);
        try
        {
            QuantizedScore quantized = Quantizer.Quantize(score);
            return MelodyExtractor.Extract(quantized, MelodyExtractorOptions.Primer).Melodies.Select(found => found.Melody);
        }
        catch (QuantizationException e)
        {
            throw record.Error(e.Problem, e);
        }
    }
}
