using System.Globalization;
using Google.Protobuf.Collections;
using RLTuner.Music;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Records;

/// <summary>
/// Reads a melody from the steps of a SequenceExample. The first event is that of the first input, each next one that of a label; every
/// later input must say the same. The inputs of lookback_rnn are longer: the event's one-hot vector, those of the events that would repeat
/// one and two bars, five bits of a step counter, two flags; its two further labels mean "as one bar ago" and "as two bars ago".
/// </summary>
internal sealed class StepReader(TFRecord record, MelodyEncoding encoding)
{
    public const string Inputs = "inputs";
    public const string Labels = "labels";

    private const string OtherEncoding = "Only data for basic_rnn, mono_rnn and lookback_rnn of that class count are read";
    private const int StepsPerBar = 4 * Music.Melody.StepsPerQuarter;
    private const int MostBarsBack = 2;
    private const int CounterBits = 5;

    private int LookbackSize => ((1 + MostBarsBack) * encoding.ClassCount) + CounterBits + MostBarsBack;

    /// <summary>Whether a message has the lists that make it a melody's training example.</summary>
    public static bool Fits(SequenceExampleProto? example) =>
        example?.FeatureLists?.FeatureList is { } lists && lists.ContainsKey(Inputs) && lists.ContainsKey(Labels);

    public Melody Melody()
    {
        if (record.TryParse(SequenceExampleProto.Parser) is not { } example || !Fits(example))
        {
            throw record.Error($"expected a SequenceExample with the lists {Inputs} and {Labels}, found something else");
        }

        RepeatedField<FeatureProto> inputs = example.FeatureLists.FeatureList[Inputs].Feature;
        RepeatedField<FeatureProto> labels = example.FeatureLists.FeatureList[Labels].Feature;
        if (inputs.Count == 0 || inputs.Count != labels.Count)
        {
            throw record.Error($"expected as many {Inputs} as {Labels} and at least one, found {inputs.Count} and {labels.Count}");
        }

        List<int> classes = new(inputs.Count + 1) { OneHot(inputs, 0) };
        for (int step = 0; step < labels.Count; step++)
        {
            classes.Add(Label(labels[step], step, classes, inputs[step].FloatList.Value.Count == LookbackSize));
            if (step + 1 < inputs.Count && OneHot(inputs, step + 1) is int input && input != classes[^1])
            {
                throw record.Error(
                    $"expected the input of step {step + 2} to be the event before it, {classes[^1]}, found {input}. {OtherEncoding}");
            }
        }

        return Music.Melody.FromClasses([.. classes], encoding);
    }

    /// <summary>The class that the first entries of an input say.</summary>
    private int OneHot(RepeatedField<FeatureProto> inputs, int step)
    {
        if (inputs[step].FloatList is not { } input)
        {
            throw record.Error($"expected a list of floats as input of step {step + 1}, found {Kind(inputs[step])}");
        }

        int classes = encoding.ClassCount;
        if (input.Value.Count != classes && input.Value.Count != LookbackSize)
        {
            throw record.Error(
                $"expected inputs of {classes} values (the class count) or, for lookback_rnn, {LookbackSize}, "
                + $"found {input.Value.Count} at step {step + 1}. {OtherEncoding}");
        }

        int hot = -1;
        for (int i = 0; i < classes; i++)
        {
            float value = input.Value[i];
            if (value != 0)
            {
                hot = value == 1 && hot < 0
                    ? i
                    : throw NotOneHot(step, hot < 0 ? $"{value.ToString(CultureInfo.InvariantCulture)} at {i}" : $"other values at {hot} and {i}");
            }
        }

        return hot >= 0 ? hot : throw NotOneHot(step, "zeros alone");
    }

    private int Label(FeatureProto label, int step, List<int> before, bool lookback)
    {
        if (label.Int64List is not { Value: [long number] })
        {
            throw record.Error($"expected one whole number as label of step {step + 1}, found {Kind(label)}");
        }

        int labels = encoding.ClassCount + (lookback ? MostBarsBack : 0);
        if (number < 0 || number >= labels)
        {
            throw record.Error($"expected labels from 0 to {labels - 1}, found {number} at step {step + 1} (pass the net's class count)");
        }

        if (number < encoding.ClassCount)
        {
            return (int)number;
        }

        // Before the beginning nothing ever changes.
        int back = StepsPerBar * ((int)number - encoding.ClassCount + 1);
        return back <= before.Count ? before[^back] : MelodyEncoding.HoldClass;
    }

    private TFRecordFormatException NotOneHot(int step, string found) => record.Error(
        $"expected the first {encoding.ClassCount} values of the input of step {step + 1} to be a single 1 among zeros, found {found}. {OtherEncoding}");

    private static string Kind(FeatureProto feature) => feature.KindCase switch
    {
        FeatureProto.KindOneofCase.FloatList => $"{feature.FloatList.Value.Count} floats",
        FeatureProto.KindOneofCase.Int64List => $"{feature.Int64List.Value.Count} whole numbers",
        _ => "none",
    };
}
