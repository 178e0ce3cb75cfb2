using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Corpus;

/// <summary>Melodies from a file of any kind that is known: <c>.mid</c> and <c>.midi</c> (MIDI), <c>.jsonl</c> (class numbers).</summary>
public static class MelodyFiles
{
    /// <summary>Reads every melody of a file; all of their pitches lie in the encoding.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MidiFormatException">A MIDI file is damaged.</exception>
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
    /// <param name="encoding">What class numbers mean; pitches of MIDI files may lie outside it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MidiFormatException">A MIDI file is damaged.</exception>
    /// <exception cref="MelodyFormatException">The kind of file is unknown, it holds no melody or none on one grid of steps.</exception>
    public static IReadOnlyList<Melody> ReadPrimer(string path, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoding);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is not (".mid" or ".midi" or ".jsonl"))
        {
            throw new MelodyFormatException(path, null, $"expected a .mid, .midi or .jsonl file, found '{extension}' (convert it first)");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: expected a file, found none (check the path)", path);
        }

        ImmutableArray<Melody> melodies = extension == ".jsonl" ? [.. MelodyJsonLines.Read(path, encoding)] : ReadMidi(path);
        return melodies.IsEmpty
            ? throw new MelodyFormatException(path, null, "expected a melody, found none (drums are not read)")
            : melodies;
    }

    private static ImmutableArray<Melody> ReadMidi(string path)
    {
        try
        {
            QuantizedScore score = Quantizer.Quantize(MidiReader.Read(path));
            return [.. MelodyExtractor.Extract(score, MelodyExtractorOptions.Primer).Melodies.Select(found => found.Melody)];
        }
        catch (QuantizationException e)
        {
            throw new MelodyFormatException(path, null, e.Problem, e);
        }
    }
}
