using System.Globalization;
using RLTuner.Corpus;
using RLTuner.Files;
using RLTuner.Music;

namespace RLTuner.NoteRnn;

/// <summary>
/// A Note RNN as a safetensors file, the form that other programs read too. Tensors: <c>lstm.N.kernel</c>, <c>lstm.N.bias</c>,
/// <c>output.kernel</c>, <c>output.bias</c>, and the same under <c>prior.</c> where there is a prior. Metadata: <c>format</c>,
/// <c>lowest_pitch</c>, <c>inputs</c> (and <c>prior.inputs</c>) of a net that hears more than events, <c>beginning</c> of one that knows how melodies
/// begin, and <c>corpus_histograms</c> of one that says what it learned from.
/// </summary>
public static class NoteRnnFile
{
    /// <summary>The file name's ending.</summary>
    public const string Extension = ".safetensors";

    private const string FormatName = "rltuner-note-rnn";
    private const string PriorPrefix = "prior.", BeginningKey = "beginning", Learned = "learned", HistogramsKey = "corpus_histograms";

    /// <summary>Writes a net; the file appears only when it is complete.</summary>
    /// <param name="model">The net.</param>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(NoteRnnModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        (string, string) lowestPitch = ("lowest_pitch", model.Encoding.Lowest.MidiNumber.ToString(CultureInfo.InvariantCulture));
        (string, string)[] beginning = model.KnowsBeginnings ? [(BeginningKey, Learned)] : [];
        (string, string)[] histograms = model.LearnedFrom.IsEmpty ? [] : [(HistogramsKey, CorpusHistogramsJson.Write(model.LearnedFrom))];
        WeightsFile.Save(
            path, FormatName, [lowestPitch, .. beginning, .. histograms], model.Prior is null ? [("", model.Weights)] : [("", model.Weights), (PriorPrefix, model.Prior)]);
    }

    /// <summary>Reads a net.</summary>
    /// <exception cref="NoteRnnFormatException">The file is no such net, is torn, or holds values that are not numbers.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NoteRnnModel Load(string path)
    {
        using Stream file = File.Exists(path)
            ? RegularFile.OpenRead(path)
            : throw new FileNotFoundException($"{path}: expected a net, found no such file (check the path)", path);
        return Load(file, path);
    }

    /// <summary>Reads a net.</summary>
    /// <param name="stream">The file; it must know its length.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="NoteRnnFormatException">The file is no such net, is torn, or holds values that are not numbers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NoteRnnModel Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return WeightsFile.Read(stream, name, FormatName, ReadModel);
    }

    private static NoteRnnModel ReadModel(WeightsFile file)
    {
        NoteRnnShape shape = file.Shape();
        NoteRnnWeights weights = file.Weights(shape);
        NoteRnnWeights? prior = file.Holds(PriorPrefix) ? file.Weights(file.Shape(PriorPrefix), PriorPrefix) : null;
        int lowest = int.Parse(file.Metadata("lowest_pitch"), CultureInfo.InvariantCulture);
        try
        {
            return new NoteRnnModel(weights, new MelodyEncoding(new Pitch(lowest), shape.Classes).Validated(), prior)
            {
                KnowsBeginnings = file.TryMetadata(BeginningKey) == Learned,
                LearnedFrom = file.TryMetadata(HistogramsKey) is { } histograms ? CorpusHistogramsJson.ParseAll(histograms) : [],
            };
        }
        catch (ArgumentException error)
        {
            throw new NoteRnnFormatException($"{file.Name}: {error.Message}", error);
        }
    }
}
