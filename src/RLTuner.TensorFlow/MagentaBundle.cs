using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Files;
using RLTuner.Scores;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Protos;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow;

/// <summary>A Magenta bundle (<c>.mag</c>): a V1 checkpoint and its graph in one file.</summary>
public sealed class MagentaBundle
{
    private readonly string _path;

    private MagentaBundle(string path, GeneratorBundleProto bundle)
    {
        _path = path;
        Id = bundle.GeneratorDetails?.Id ?? "";
        Description = bundle.GeneratorDetails?.Description ?? "";
        Details = bundle.BundleDetails?.Description ?? "";
        CheckpointFiles = [.. bundle.CheckpointFile.Select(file => file.Memory)];
        Metagraph = bundle.MetagraphFile.Memory;
    }

    /// <summary>What made the model, such as <c>basic_rnn</c>.</summary>
    public string Id { get; }

    /// <summary>What that is, in words.</summary>
    public string Description { get; }

    /// <summary>What this model is, in words.</summary>
    public string Details { get; }

    /// <summary>The checkpoint; one file in every published bundle.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> CheckpointFiles { get; }

    /// <summary>The TensorFlow graph, empty if none.</summary>
    public ReadOnlyMemory<byte> Metagraph { get; }

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="CheckpointFormatException">The file is missing, damaged or no bundle.</exception>
    public static MagentaBundle Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileSource file = new(path);
        byte[] bytes = file.Read(0, file.Length, "a bundle");
        if (file.Foreign() is { } found)
        {
            throw file.Error($"expected a Magenta bundle, found {found}");
        }

        GeneratorBundleProto bundle = ProtoReader.Parse(GeneratorBundleProto.Parser, bytes, file, "a Magenta bundle");
        return bundle.CheckpointFile.Count > 0
            ? new MagentaBundle(path, bundle)
            : throw file.Error("expected a Magenta bundle with a checkpoint, found none in it. The file is damaged or no bundle; take another copy of it");
    }

    /// <summary>
    /// Writes <c>NAME.ckpt</c> and, if there is a graph, <c>NAME.ckpt.meta</c>, where NAME is the bundle's own. A checkpoint of
    /// several files becomes <c>NAME.ckpt-00000-of-00002</c> and so on. All files are complete before the first gets its name.
    /// </summary>
    /// <param name="outputDirectory">Where to; made if absent.</param>
    /// <param name="overwrite">Whether files of those names may be replaced.</param>
    /// <returns>The files written, the checkpoint first.</returns>
    /// <exception cref="IOException">A file of that name exists and may not be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public ImmutableArray<string> Unpack(string outputDirectory, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        OutputFolder.Make(outputDirectory);
        string stem = Path.Combine(outputDirectory, Path.GetFileNameWithoutExtension(_path));
        List<(string Target, ReadOnlyMemory<byte> Bytes)> files = Files(stem);
        if (!overwrite && files.Find(file => Path.Exists(file.Target)).Target is string taken)
        {
            throw new IOException($"{taken}: expected no such file yet, found one (choose another folder, or allow it to be replaced)");
        }

        List<(string Temporary, string Target)> written = [];
        try
        {
            foreach ((string target, ReadOnlyMemory<byte> bytes) in files)
            {
                string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
                written.Add((temporary, target));
                try
                {
                    using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write);
                    stream.Write(bytes.Span);
                    stream.Flush(flushToDisk: true);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    throw new IOException(FileProblem.Of(error, target), error);
                }
            }

            foreach ((string temporary, string target) in written)
            {
                File.Move(temporary, target, overwrite);
            }
        }
        finally
        {
            foreach ((string temporary, _) in written)
            {
                File.Delete(temporary);
            }
        }

        return [.. written.Select(file => file.Target)];
    }

    /// <summary>The checkpoint's files as sources of bytes.</summary>
    internal IReadOnlyList<ByteSource> Sources()
    {
        string name = Path.GetFileName(_path);
        return [.. CheckpointFiles.Select((file, i) => new MemorySource(CheckpointFiles.Length == 1 ? name : $"{name}, file {i}", file))];
    }

    private List<(string Target, ReadOnlyMemory<byte> Bytes)> Files(string stem)
    {
        int count = CheckpointFiles.Length;
        string checkpoint = stem + ".ckpt";
        List<(string, ReadOnlyMemory<byte>)> files = [.. CheckpointFiles.Select((bytes, i) => (
            count == 1 ? checkpoint : string.Create(CultureInfo.InvariantCulture, $"{checkpoint}-{i:D5}-of-{count:D5}"), bytes))];
        if (!Metagraph.IsEmpty)
        {
            files.Add((checkpoint + ".meta", Metagraph));
        }

        return files;
    }
}
