using RLTuner.Corpus;
using RLTuner.Corpus.Reading;

namespace RLTuner.TensorFlow.Records;

/// <summary>TFRecord files as a source of corpora: melodies in SequenceExamples, music in NoteSequences, record by record.</summary>
public static class TFRecordFormat
{
    private const int MaxFileBytes = 256 << 20;

    /// <summary>A file with this many bad records is given up, or its report would be longer than its music.</summary>
    private const int MaxBadRecords = 100;

    /// <summary>To be added to <see cref="MusicFormat.Known"/>.</summary>
    public static MusicFormat Format { get; } = new("TFRecord", TFRecordFile.Endings, MaxFileBytes, Read);

    private static IEnumerable<FoundPiece> Read(byte[] bytes, string name, ReadingOptions options)
    {
        TFRecordCompression compression = TFRecordPacking.Of(bytes.AsSpan(0, Math.Min(bytes.Length, TFRecordFraming.HeaderSize)));
        using Stream stream = TFRecordPacking.Unpacked(new MemoryStream(bytes, writable: false), compression);
        TFRecordReader reader = new(stream, name, compression == TFRecordCompression.None ? bytes.Length : long.MaxValue);
        int bad = 0;
        while (bad < MaxBadRecords && reader.Next() is TFRecord record)
        {
            FoundPiece piece = Piece(record, options);
            bad += piece.Problem is null ? 0 : 1;
            yield return piece;
        }

        if (bad == MaxBadRecords)
        {
            yield return new FoundPiece(name) { Problem = $"expected records of melodies, found {bad} that are none; the rest is left out" };
        }
    }

    private static FoundPiece Piece(TFRecord record, ReadingOptions options)
    {
        try
        {
            return TFRecordMusic.KindOf(record) == TFRecordKind.NoteSequences
                ? FoundPiece.Of(NoteSequenceReader.Read(record))
                : new FoundPiece(record.Name) { Melodies = [new CorpusMelody(record.Name, SequenceExampleMelodies.Read(record, options.Encoding))] };
        }
        catch (TFRecordFormatException e)
        {
            return new FoundPiece(record.Name) { Error = e };
        }
    }
}
