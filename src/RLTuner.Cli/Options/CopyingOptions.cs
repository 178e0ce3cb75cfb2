using System.CommandLine;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>The corpus that melodies are held against.</summary>
internal sealed class CopyingOptions
{
    private readonly Option<string?> _corpus = Make.Path(
        "--corpus", "FILE", "Hold melodies against this corpus (.corpus or .jsonl): how like it they are, and how long the passages that they share [default: what the net says it learned from; no passages].");

    public void AddTo(Command command) => command.Options.Add(_corpus);

    /// <summary>The corpus, in the encoding of a run's net; null where none is named.</summary>
    public ReferenceCorpus? Read(ParseResult parsed, string run) => parsed.GetValue(_corpus) is null
        ? null
        : Read(parsed, NoteRnnFile.Load(RunFolder.Open(run).CheckpointPath(0)).Encoding);

    /// <summary>The corpus; null where none is named.</summary>
    public ReferenceCorpus? Read(ParseResult parsed, MelodyEncoding encoding)
    {
        if (parsed.GetValue(_corpus) is not string name)
        {
            return null;
        }

        MelodyCorpus corpus = CorpusFile.Load(name, encoding);
        return corpus.StepsPerQuarter == Melody.StepsPerQuarter
            ? ReferenceCorpus.Of(corpus)
            : throw new UsageException($"{name}: expected melodies of {Melody.StepsPerQuarter} steps a quarter, found {corpus.StepsPerQuarter}");
    }
}
