using System.Collections.Immutable;
using RLTuner.Corpus.Building;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Music;

namespace RLTuner.Runs;

/// <summary>What a run is made with, and does not depend on: other threads, another listener of warnings, the same bytes.</summary>
public sealed record RunEnvironment
{
    /// <summary>Threads that play, learn, compose and measure, 1 or more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Of how many windows the nets are kept, the newest; null for all. The net that was tuned from always is.</summary>
    public int? WindowsKept { get; init; }

    /// <summary>Melodies of each net that are measured at the end, 1 or more.</summary>
    public int MelodiesMeasured { get; init; } = 1000;

    /// <summary>What melodies are held against; null for what the net to tune says it learned from.</summary>
    public ReferenceCorpus? Corpus { get; init; }

    /// <summary>The kinds of learners that are known.</summary>
    public ImmutableArray<LearnerKind> Learners { get; init; } = Runs.Learners.All;

    /// <summary>Hears what is odd but does not stop the run.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Where a file that a plan names lies now: as it is named, unless a copy was kept.</summary>
    public Func<string, string> Locate { get; init; } = path => path;

    /// <summary>Reads all melodies of a file as the published program does; their pitches must lie in the encoding.</summary>
    public Func<string, MelodyEncoding, IReadOnlyList<Melody>> ReadMelodies { get; init; } = (path, encoding) => MelodyFiles.Read(path, encoding, asOriginal: true);

    /// <summary>Reads all melodies of a file, whatever their pitches.</summary>
    public Func<string, MelodyEncoding, IReadOnlyList<Melody>> ReadPrimers { get; init; } = (path, encoding) => MelodyFiles.ReadPrimer(path, encoding);
}
