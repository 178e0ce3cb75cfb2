using System.CommandLine;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>The corpus that melodies may have been copied from.</summary>
internal sealed class CopyingOptions
{
    private readonly Option<string?> _corpus = Make.Path(
        "--corpus", "FILE", "Also say how long the passages are that melodies share with this corpus (.corpus or .jsonl), such as the one the net learned from.");

    public void AddTo(Command command) => command.Options.Add(_corpus);

    /// <summary>All melodies of the corpus, in the encoding of a run's net; null where none is named.</summary>
    public IReadOnlyList<Melody>? Read(ParseResult parsed, string run) => parsed.GetValue(_corpus) is null
        ? null
        : Read(parsed, NoteRnnFile.Load(RunFolder.Open(run).CheckpointPath(0)).Encoding);

    /// <summary>All melodies of the corpus; null where none is named.</summary>
    public IReadOnlyList<Melody>? Read(ParseResult parsed, MelodyEncoding encoding)
    {
        if (parsed.GetValue(_corpus) is not string name)
        {
            return null;
        }

        MelodyCorpus corpus = CorpusFile.Load(name, encoding);
        return corpus.StepsPerQuarter == Melody.StepsPerQuarter
            ? [.. corpus.Training.Concat(corpus.Validation).Select(melody => melody.Melody)]
            : throw new UsageException($"{name}: expected melodies of {Melody.StepsPerQuarter} steps a quarter, found {corpus.StepsPerQuarter}");
    }
}
