using System.Collections.Immutable;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Onnx;
using RLTuner.Runs;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Serving;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Records;

namespace RLTuner.Studio.Uploads;

/// <summary>What came of files that were dropped.</summary>
/// <param name="Kind"><c>net</c>, <c>run</c>, <c>corpus</c> or <c>melodies</c>.</param>
/// <param name="Id">Its name in the studio; empty for melodies.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Remarks">What was passed over, a sentence each.</param>
/// <param name="Melodies">The melodies, where these were asked for.</param>
internal sealed record UploadAnswer(string Kind, string Id, string Name, IReadOnlyList<string> Remarks, IReadOnlyList<MelodyView>? Melodies = null);

/// <summary>Tells what files are, and takes them in by the readers of the command line, which are bounded.</summary>
/// <param name="studio">What they are added to.</param>
internal sealed class UploadReader(Studio studio)
{
    private const int MostMelodies = 20, MostRemarks = 20;

    private static readonly ImmutableArray<NetFormat> NetFormats = [.. NetFormat.Known, OnnxNetFormat.Format, .. TensorFlowNetFormat.All];

    private static readonly ImmutableArray<MusicFormat> MusicFormats = [.. MusicFormat.Known, TFRecordFormat.Format];

    private static readonly string[] Archives = [".zip", ".tar", ".tgz", ".gz"];

    /// <summary>Melodies to look at, from one file.</summary>
    public static UploadAnswer ReadMelodies(ReceivedFiles files)
    {
        List<string> remarks = [];
        string path = files.Files is [var only] ? only : throw new StudioException(400, $"expected one file of a melody, found {files.Files.Count}");
        IReadOnlyList<Melody> melodies = Named(files, () => MelodyFiles.ReadPrimer(path, MelodyEncoding.Default, remark: line => remarks.Add(WithoutFolder(files, line))));
        string title = Path.GetFileNameWithoutExtension(path);
        return new UploadAnswer("melodies", "", title, remarks, [.. melodies.Take(MostMelodies).Select((melody, i) =>
            MelodyView.Of(melody, Key.CMajor, TimeSignature.CommonTime, melodies.Count == 1 ? title : $"{title} {i + 1}"))]);
    }

    /// <summary>A run, a corpus, or a net.</summary>
    public UploadAnswer Read(ReceivedFiles files, CancellationToken gone) => Named(files, () =>
        RunFolder.Exists(files.Root) ? OpenRun(files)
        : files.Files is [var only] && only.EndsWith(CorpusFile.Extension, StringComparison.OrdinalIgnoreCase) ? AddCorpus(files, CorpusFile.Load(only), [])
        : files.Files.Any(IsMusic) ? BuildCorpus(files, gone)
        : AddNet(files));

    private static bool IsMusic(string path) =>
        MusicFormat.Of(path, MusicFormats) is not null || Archives.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private UploadAnswer OpenRun(ReceivedFiles files)
    {
        // Read where it lies, so that nothing is kept of a damaged one.
        RunRecord record = RunRecord.Read(files.Root);
        _ = NoteRnnFile.Load(RunFolder.Open(files.Root).LastCheckpointPath());
        string id = studio.NewId(files.Name), path = studio.RunPath(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.Move(files.Root, path);
        studio.Add(TuneJob.Found(path, id, files.Name));
        return new UploadAnswer("run", id, files.Name, record.Remarks);
    }

    private UploadAnswer BuildCorpus(ReceivedFiles files, CancellationToken gone)
    {
        SourceLimits limits = new() { MaxFiles = 100_000, MaxArchiveBytes = 1L << 30 };
        BuiltCorpus built = new CorpusBuilder(new CorpusOptions(), MusicFormats, limits).Build([files.Root], stop: gone);
        Rejection[] left = [.. built.Report.Rejections];
        string[] remarks =
        [
            .. left.Take(MostRemarks).Select(rejection => $"{rejection.Name}: {rejection.Reason.Text()}{(rejection.Detail.Length > 0 ? $": {rejection.Detail}" : "")}"),
            .. left.Length > MostRemarks ? [$"{left.Length - MostRemarks} more were left out"] : (string[])[],
        ];
        return built.Corpus.Training.IsEmpty && built.Corpus.Validation.IsEmpty
            ? throw new StudioException(400, $"{files.Name}: expected music with melodies of one voice, found none to keep{(remarks.Length > 0 ? $": {remarks[0]}" : "")} (choose other files)")
            : AddCorpus(files, built.Corpus, remarks);
    }

    private UploadAnswer AddCorpus(ReceivedFiles files, MelodyCorpus corpus, IReadOnlyList<string> remarks)
    {
        string name = Path.GetFileNameWithoutExtension(files.Name);
        return new UploadAnswer("corpus", studio.Corpora.Add(name, corpus, remarks).Id, name, remarks);
    }

    private UploadAnswer AddNet(ReceivedFiles files)
    {
        string name = Path.GetFileNameWithoutExtension(files.Name);
        NoteRnnModel net = NetFormat.Of(files.Root, NetFormats)!.Read(files.Root, new ExpectedNet());
        return new UploadAnswer("net", studio.Nets.Add(name, net), name, []);
    }

    /// <summary>Errors name files as the page knows them.</summary>
    private static T Named<T>(ReceivedFiles files, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (StudioException or OperationCanceledException))
        {
            (int status, string message) = Problems.Of(error);
            throw new StudioException(status, WithoutFolder(files, message));
        }
    }

    private static string WithoutFolder(ReceivedFiles files, string message) =>
        message.Replace(files.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(files.Folder, files.Name, StringComparison.Ordinal);
}
