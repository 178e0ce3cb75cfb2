using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RLTuner.Cli.Display;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.TensorFlow.Records;

namespace RLTuner.Cli.Commands;

/// <summary>The form of a corpus on disk.</summary>
internal enum CorpusFormat
{
    /// <summary>One file of our own.</summary>
    Corpus,

    /// <summary>The two files that Magenta trains from.</summary>
    TFRecord,
}

/// <summary>Writes a corpus, and beside it what was left out of it.</summary>
internal static class CorpusOutput
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Refuses a corpus without melodies, and says what would have given some.</summary>
    public static void ExpectMelodies(BuiltCorpus built, IEnumerable<string> paths, IEnumerable<string> endings)
    {
        CorpusReport report = built.Report;
        if (built.Corpus.Training.Length + built.Corpus.Validation.Length > 0)
        {
            return;
        }

        string given = string.Join(", ", paths);
        if (report.FilesByFormat.Count == 0)
        {
            string problem = report.Rejections.Count > 0 ? report.Rejections[0].Detail
                : report.FilesNotMusic.Count > 0 ? $"{report.FilesNotMusic.Values.Sum()} of other kinds"
                : "no files at all";
            throw new CorpusException($"{given}: expected files of music ({string.Join(", ", endings)}), found none: {problem} (choose other files, or convert them first)");
        }

        IGrouping<RejectionReason, Rejection>? most = report.Rejections.GroupBy(rejection => rejection.Reason).MaxBy(reason => reason.Sum(rejection => rejection.Count));
        if (most is null || most.Key == RejectionReason.Unreadable)
        {
            throw new CorpusException($"{given}: expected melodies, found none in the files read, {report.FilesByFormat.Values.Sum()} in all: {most?.First().Detail ?? "they are empty"} (choose other files)");
        }

        string remedy = most.Key.Remedy() is { } option ? $"; most would come in with {option}" : "";
        throw new CorpusException($"{given}: expected melodies, found none to keep, mostly because of {most.Key.Text()} ({most.Sum(rejection => rejection.Count)}){remedy}");
    }

    /// <summary>What is written: the corpus, as a file or a folder, and the reports beside it.</summary>
    public static string[] Paths(string output)
    {
        output = Path.TrimEndingDirectorySeparator(output);
        return [output, $"{output}.report.txt", $"{output}.report.json"];
    }

    /// <summary>Writes the files and returns their names.</summary>
    public static IEnumerable<string> Write(BuiltCorpus built, CorpusFigures figures, string output, CorpusFormat format)
    {
        string[] paths = Paths(output);
        output = paths[0];
        MelodyCorpus corpus = built.Corpus;
        List<string> files = [];
        if (format == CorpusFormat.TFRecord)
        {
            OutputFolder.Make(output);
            WriteExamples(Path.Combine(output, "training_melodies.tfrecord"), corpus.Training, corpus.Encoding, files);
            WriteExamples(Path.Combine(output, "eval_melodies.tfrecord"), corpus.Validation, corpus.Encoding, files);
        }
        else
        {
            OutputFolder.MakeFor(output);
            CorpusFile.Save(corpus, output);
            files.Add(output);
        }

        string[] text =
        [
            .. CorpusText.Files(built.Report), "", .. CorpusText.Figures(figures), "", "Left out, one by one", .. CorpusText.Rejections(built.Report), "",
            .. built.Report.Remarks.Count > 0 ? ["Passed over in what was read", .. CorpusText.Remarks(built.Report), ""] : (string[])[],
            "Settings", .. corpus.Settings.Select(setting => $"  --{setting.Key} {setting.Value}".TrimEnd()),
        ];
        WriteText(paths[1], string.Join('\n', text) + "\n", files);
        WriteText(paths[2], CorpusJson.Of(corpus, figures, built.Report).ToJsonString(Readable).ReplaceLineEndings("\n") + "\n", files);
        return files;
    }

    private static void WriteExamples(string path, IEnumerable<CorpusMelody> melodies, MelodyEncoding encoding, List<string> files)
    {
        // An example needs an event to predict.
        try
        {
            SequenceExampleMelodies.Write(path, melodies.Select(found => found.Melody).Where(melody => melody.Events.Length > 1), encoding);
        }
        catch (ArgumentException)
        {
            throw new CorpusException(
                $"{path}: expected melodies that fit into records of {TFRecordFile.MaxRecordBytes >> 20} MiB, found a longer one (cut melodies by --max-steps-truncate)");
        }

        files.Add(path);
    }

    private static void WriteText(string path, string text, List<string> files)
    {
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        files.Add(path);
    }
}
