using Google.Protobuf;
using RLTuner.Music;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Records;

/// <summary>
/// Melodies as the training data of Magenta's melody nets: TFRecords of SequenceExamples, in which step t has the list <c>inputs</c>
/// (event t, one-hot) and the list <c>labels</c> (the class of event t + 1). So n events make n - 1 steps.
/// </summary>
public static class SequenceExampleMelodies
{
    /// <summary>Reads the melodies of a file, one a record, as the result is enumerated.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">What the classes mean; the file says neither their range nor, with longer inputs, their number.</param>
    /// <exception cref="TFRecordFormatException">On enumeration: a record is damaged, or holds no melody of that many classes.</exception>
    /// <exception cref="IOException">On enumeration: there is no such file, or it cannot be read.</exception>
    public static IEnumerable<Melody> Read(string path, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return TFRecordFile.Read(path).Select(record => Read(record, encoding));
    }

    /// <summary>Reads the melody of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="encoding">What the classes mean.</param>
    /// <exception cref="TFRecordFormatException">It holds no melody of that many classes.</exception>
    public static Melody Read(TFRecord record, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return new StepReader(record, encoding).Melody();
    }

    /// <summary>Writes a file of melodies, which appears when it is complete. Planned lengths are not kept.</summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="melodies">The melodies, of at least 2 events each.</param>
    /// <param name="encoding">The classes.</param>
    /// <param name="compression">How to pack the file.</param>
    /// <exception cref="ArgumentException">A melody is too short or too long for a record, or leaves the encoding.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(
        string path, IEnumerable<Melody> melodies, MelodyEncoding encoding, TFRecordCompression compression = TFRecordCompression.None)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(encoding);
        TFRecordFile.Write(path, melodies.Select(melody => Encoded(melody, encoding)), compression);
    }

    private static ReadOnlyMemory<byte> Encoded(Melody melody, MelodyEncoding encoding)
    {
        int[] classes = melody.ToClasses(encoding);
        if (classes.Length < 2)
        {
            throw new ArgumentException($"expected melodies of at least 2 events, found one of {classes.Length}", nameof(melody));
        }

        FeatureListProto inputs = new(), labels = new();
        for (int step = 0; step + 1 < classes.Length; step++)
        {
            float[] oneHot = new float[encoding.ClassCount];
            oneHot[classes[step]] = 1;
            inputs.Feature.Add(new FeatureProto { FloatList = new() { Value = { oneHot } } });
            labels.Feature.Add(new FeatureProto { Int64List = new() { Value = { classes[step + 1] } } });
        }

        SequenceExampleProto example = new() { FeatureLists = new() };
        example.FeatureLists.FeatureList.Add(StepReader.Inputs, inputs);
        example.FeatureLists.FeatureList.Add(StepReader.Labels, labels);
        return example.ToByteArray();
    }
}
