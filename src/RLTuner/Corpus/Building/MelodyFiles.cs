using System.Collections.Immutable;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus.Building;

/// <summary>
/// Melodies from a file of any kind that is known: MIDI, MusicXML, ABC, <c>.jsonl</c> (class numbers) and <c>.corpus</c>
/// (<see cref="CorpusFile"/>).
/// </summary>
public static class MelodyFiles
{
    /// <summary>Reads every melody of a file; all of their pitches lie in the encoding.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ScoreFormatException">A file of music is damaged.</exception>
    /// <exception cref="MelodyFormatException">
    /// The kind of file is unknown, it holds no melody or none on one grid of steps, or a pitch lies outside the encoding.
    /// </exception>
    public static IReadOnlyList<Melody> Read(string path, MelodyEncoding encoding)
    {
        IReadOnlyList<Melody> melodies = ReadPrimer(path, encoding);
        foreach (MelodyEvent @event in melodies.SelectMany(melody => melody.Events))
        {
            if (!encoding.Contains(@event))
            {
                throw new MelodyFormatException(
                    path, null, $"expected pitches {encoding.Lowest} to {encoding.Highest}, found {@event} (transpose it first)");
            }
        }

        return melodies;
    }

    /// <summary>
    /// Reads every melody of a file whatever its range, for callers that move it into the encoding with a <see cref="KeyTransposer"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">What class numbers mean; pitches of scores may lie outside it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ScoreFormatException">A file of music is damaged.</exception>
    /// <exception cref="MelodyFormatException">The kind of file is unknown, it holds no melody or none on one grid of steps.</exception>
    public static IReadOnlyList<Melody> ReadPrimer(string path, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoding);
        if (MusicFormat.Of(path, MusicFormat.Known) is not { } format)
        {
            string endings = string.Join(", ", MusicFormat.Known.SelectMany(known => known.Endings));
            throw new MelodyFormatException(
                path, null, $"expected a file of music or melodies ({endings}), found '{Path.GetExtension(path)}' (convert it first)");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: expected a file, found none (check the path)", path);
        }

        if (new FileInfo(path).Length > format.MaxBytes)
        {
            throw new MelodyFormatException(path, null, $"expected a {format.Name} file of at most {format.MaxBytes:N0} bytes, found a larger one (split it)");
        }

        ImmutableArray<Melody> melodies =
            [.. format.Read(File.ReadAllBytes(path), path, new ReadingOptions(encoding)).SelectMany(piece => MelodiesOf(piece, path))];
        return melodies.IsEmpty
            ? throw new MelodyFormatException(path, null, "expected a melody, found none (drums are not read)")
            : melodies;
    }

    private static IEnumerable<Melody> MelodiesOf(FoundPiece piece, string path)
    {
        if (piece.Problem is { } problem)
        {
            throw piece.Error ?? new MelodyFormatException(path, null, problem);
        }

        if (!piece.Melodies.IsEmpty && piece.StepsPerQuarter != Melody.StepsPerQuarter)
        {
            throw new MelodyFormatException(
                path, null, $"expected melodies of {Melody.StepsPerQuarter} steps a quarter, found {piece.StepsPerQuarter} (build the corpus on that grid)");
        }

        return piece.Score is { } score ? Extracted(score, path) : piece.Melodies.Select(found => found.Melody);
    }

    /// <summary>MIDI ticks mean seconds first: there, as in the original, a change of tempo or metre is an error.</summary>
    private static IEnumerable<Melody> Extracted(Score score, string path)
    {
        try
        {
            bool isMidi = Path.GetExtension(path).StartsWith(".mid", StringComparison.OrdinalIgnoreCase);
            IEnumerable<Score> fragments = isMidi ? [score] : ScoreSplitter.Split(PartSelection.Of(score, PartChoice.Sung), SplitPoints.Metre);
            return [.. fragments
                .SelectMany(fragment => MelodyExtractor.Extract(Quantizer.Quantize(fragment), MelodyExtractorOptions.Primer).Melodies)
                .Select(found => found.Melody)];
        }
        catch (QuantizationException e)
        {
            throw new MelodyFormatException(path, null, e.Problem, e);
        }
    }
}
