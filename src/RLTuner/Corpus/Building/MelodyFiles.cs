using System.Collections.Immutable;
using RLTuner.Corpus.Reading;
using RLTuner.Files;
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
    /// <param name="path">The file.</param>
    /// <param name="encoding">What class numbers mean.</param>
    /// <param name="asOriginal">Whether MIDI files are refused that the original refuses, instead of read in spite of damage.</param>
    /// <param name="remark">Told what was passed over, a line a kind; may be null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ScoreFormatException">A file of music is damaged.</exception>
    /// <exception cref="MelodyFormatException">
    /// The kind of file is unknown, it holds no melody or none on one grid of steps, or a pitch lies outside the encoding.
    /// </exception>
    public static IReadOnlyList<Melody> Read(string path, MelodyEncoding encoding, bool asOriginal = false, Action<string>? remark = null)
    {
        IReadOnlyList<Melody> melodies = ReadPrimer(path, encoding, asOriginal, remark);
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
    /// <param name="asOriginal">Whether MIDI files are refused that the original refuses, instead of read in spite of damage.</param>
    /// <param name="remark">Told what was passed over, a line a kind; may be null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ScoreFormatException">A file of music is damaged.</exception>
    /// <exception cref="MelodyFormatException">The kind of file is unknown, it holds no melody or none on one grid of steps.</exception>
    public static IReadOnlyList<Melody> ReadPrimer(string path, MelodyEncoding encoding, bool asOriginal = false, Action<string>? remark = null)
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

        long length = RegularFile.LengthOf(new FileInfo(path));
        if (length == 0)
        {
            throw new MelodyFormatException(path, null, $"expected a melody ({format.Name}), found an empty file, a pipe or a device (copy it to a file)");
        }

        if (length > format.MaxBytes)
        {
            throw new MelodyFormatException(path, null, Archive.TooLarge(format, length));
        }

        RemarkList remarks = new();
        List<Melody> melodies = [];
        Exception? refused = null;
        foreach (FoundPiece piece in format.Read(File.ReadAllBytes(path), path, new ReadingOptions(encoding, AsOriginal: asOriginal)))
        {
            try
            {
                melodies.AddRange(MelodiesOf(piece, path));
                remarks.AddRange(piece.Score?.Remarks ?? []);
            }
            catch (Exception e) when (!asOriginal && format.HoldsTunes && e is ScoreFormatException or MelodyFormatException)
            {
                // A bad tune must not cost the others of its file.
                remarks.Add(new Remark(piece.Name, e.Message, "the tune is left out"));
                refused ??= e;
            }
        }

        if (refused is not null && melodies.Count == 0)
        {
            throw refused;
        }

        foreach (Remark passedOver in remarks.All)
        {
            remark?.Invoke($"{path}, {passedOver}");
        }

        return melodies.Count == 0
            ? throw new MelodyFormatException(path, null, "expected a melody, found none (drums are not read; choose a file with a melody)")
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
            bool isMidi = MusicFormat.Of(path, MusicFormat.Known)?.Name == MusicFormat.MidiName;
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
