using System.Collections.Immutable;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;

namespace RLTuner.Corpus.Building;

/// <summary>
/// Builds a corpus from files of music: reads, finds melodies, leaves out duplicates, holds out some of the pieces. Works on several files
/// at once; the result depends on files and options alone.
/// </summary>
public sealed class CorpusBuilder
{
    private readonly CorpusOptions _options;
    private readonly ImmutableArray<MusicFormat> _formats;
    private readonly SourceLimits? _limits;

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How scores become melodies.</param>
    /// <param name="formats">What is read; by default <see cref="MusicFormat.Known"/>.</param>
    /// <param name="limits">How much is read at most.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public CorpusBuilder(CorpusOptions options, IEnumerable<MusicFormat>? formats = null, SourceLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _formats = [.. formats ?? MusicFormat.Known];
        _limits = limits;
    }

    /// <summary>Builds a corpus. It may be without melodies: the report says why.</summary>
    /// <param name="paths">Folders, archives and files.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="except">Files and folders that are left out of the folders given, such as those to be written; may be null.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="IOException">One of the paths is not there.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="CorpusException">It would be too large to be read again.</exception>
    public BuiltCorpus Build(
        IEnumerable<string> paths, Action<CorpusProgress>? progress = null, IEnumerable<string>? except = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        MelodyFinder finder = new(_options);
        CorpusReport report = new();
        List<FoundMelody> found = [];
        long events = 0;
        SourceFiles sources = new(_formats, _limits);
        foreach ((SourceFile file, IReadOnlyList<FoundMelodies> pieces) in OrderedWork.Select(sources.Read(paths, except), file => (file, Read(file, finder))))
        {
            stop.ThrowIfCancellationRequested();
            report.Count(file, pieces);
            foreach (FoundMelody melody in pieces.SelectMany(piece => piece.Melodies))
            {
                found.Add(melody);
                Count(melody.Melody, ref events);
            }

            progress?.Invoke(new CorpusProgress(file.Progress, report.Pieces, found.Count));
        }

        return new BuiltCorpus(Divide(WithoutDuplicates(found, report)), report);
    }

    private List<FoundMelodies> Read(SourceFile file, MelodyFinder finder)
    {
        if (file.Format is not { } format || file.Bytes is not { } bytes)
        {
            return [];
        }

        List<FoundMelodies> pieces = [];
        try
        {
            long events = 0;
            foreach (FoundPiece piece in format.Read(bytes, file.Name, new ReadingOptions(_options.Encoding, _options.Repeats == Repeats.Played)))
            {
                FoundMelodies found = finder.Find(piece);
                pieces.Add(found);
                events += piece.Score is null ? 0 : found.Melodies.Sum(melody => (long)melody.Melody.Melody.Events.Length);
                if (events > MelodyExtractor.MaxStepsOfAll)
                {
                    pieces.Add(new FoundMelodies(file.Name, [], [new Rejection(file.Name, RejectionReason.TooLong, "the file's pieces from here on")], 0));
                    break;
                }
            }
        }
        catch (Exception e) when (e is ScoreFormatException or MelodyFormatException)
        {
            pieces.Add(finder.Find(new FoundPiece(file.Name) { Error = e }));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One file among thousands must not cost the others.
            pieces.Add(finder.Find(new FoundPiece(file.Name) { Problem = $"unexpected error, please report it: {e.GetType().Name}: {e.Message}" }));
        }

        return pieces;
    }

    private List<CorpusMelody> WithoutDuplicates(List<FoundMelody> found, CorpusReport report)
    {
        Dictionary<string, string> pieceOf = new(StringComparer.Ordinal);
        List<CorpusMelody> kept = [];
        foreach (FoundMelody melody in found.OrderBy(melody => melody.Melody.Piece, StringComparer.Ordinal))
        {
            if (_options.KeepDuplicates || pieceOf.TryAdd(melody.Fingerprint, melody.Melody.Piece))
            {
                kept.Add(melody.Melody);
            }
            else
            {
                report.Reject(new Rejection(melody.Melody.Piece, RejectionReason.Duplicate, $"as in {pieceOf[melody.Fingerprint]}"));
            }
        }

        return kept;
    }

    /// <summary>
    /// Holds out the pieces whose random numbers, drawn from the seed and the piece's name, are the smallest: so a piece more or less
    /// hardly changes where the others are.
    /// </summary>
    private MelodyCorpus Divide(List<CorpusMelody> melodies)
    {
        string[] pieces = [.. melodies.Select(melody => melody.Piece).Distinct(StringComparer.Ordinal)];
        int held = _options.Validation > 0 && pieces.Length > 1
            ? Math.Clamp((int)Math.Round(_options.Validation * pieces.Length), 1, pieces.Length - 1)
            : 0;
        HashSet<string> validation = [.. pieces
            .OrderBy(piece => new RandomSource(_options.Seed, $"validation: {piece}").NextBits())
            .ThenBy(piece => piece, StringComparer.Ordinal)
            .Take(held)];
        long events = 0;
        return new MelodyCorpus
        {
            Encoding = _options.Encoding,
            StepsPerQuarter = _options.StepsPerQuarter,
            Validation = [.. melodies.Where(melody => validation.Contains(melody.Piece)).Select(Counted)],
            Training = [.. melodies.Where(melody => !validation.Contains(melody.Piece)).SelectMany(WithCopies).Select(Counted)],
        };

        CorpusMelody Counted(CorpusMelody melody)
        {
            Count(melody, ref events);
            return melody;
        }
    }

    /// <summary>Refuses what a corpus file could not give back.</summary>
    private static void Count(CorpusMelody melody, ref long events)
    {
        events += Math.Max(CorpusFile.LeastEvents, melody.Melody.Events.Length);
        if (events > CorpusFile.MaxEvents)
        {
            throw new CorpusException($"expected at most {CorpusFile.MaxEvents:N0} events in a corpus, found more (build several, or make fewer copies)");
        }
    }

    private IEnumerable<CorpusMelody> WithCopies(CorpusMelody melody)
    {
        yield return melody;
        Pitch[] pitches = [.. melody.Melody.Events.Where(@event => @event.StartsNote).Select(@event => @event.Pitch)];
        KeyTransposer transposer = new(_options.Encoding);
        foreach (int semitones in _options.Transpositions)
        {
            if (pitches.All(pitch => _options.Encoding.Contains(new Pitch(pitch.MidiNumber + semitones))))
            {
                yield return melody with { Melody = transposer.Move(melody.Melody, semitones) };
            }
        }
    }
}

/// <summary>A corpus, and what became of the files it was built from.</summary>
/// <param name="Corpus">The corpus; perhaps without melodies.</param>
/// <param name="Report">What was read, kept and left out.</param>
public sealed record BuiltCorpus(MelodyCorpus Corpus, CorpusReport Report);

/// <summary>How far the building of a corpus is.</summary>
/// <param name="Share">The share of all bytes that was read, 0 to 1.</param>
/// <param name="Pieces">Pieces read.</param>
/// <param name="Melodies">Melodies found; duplicates are still among them.</param>
public readonly record struct CorpusProgress(double Share, int Pieces, int Melodies);
