using System.Collections.Immutable;
using System.Text;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores.Abc;
using RLTuner.Scores.Midi;
using RLTuner.Scores.MusicXml;
using RLTuner.Scores.Wave;

namespace RLTuner.Scores.Writing;

/// <summary>A kind of file that a melody is written to: the one place where a format plugs in.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Endings">The endings of its files, with the dot, in lower case; the first is given to files that have none.</param>
/// <param name="WriteTo">Writes a melody to a stream, with options that are valid.</param>
public sealed record MelodyFormat(string Name, ImmutableArray<string> Endings, Action<Stream, Melody, MelodyWriterOptions> WriteTo)
{
    /// <summary>The formats that this library writes: <c>midi</c>, <c>midi0</c>, <c>musicxml</c>, <c>abc</c>, <c>wav</c>.</summary>
    public static ImmutableArray<MelodyFormat> Known { get; } =
    [
        new("midi", [".mid", ".midi"], (stream, melody, options) => stream.Write(MidiWriter.ToBytes(melody, options))),
        new("midi0", [".mid", ".midi"], (stream, melody, options) => stream.Write(MidiWriter.ToBytes(melody, options, oneTrack: true))),
        new("musicxml", [".musicxml", ".xml"], MusicXmlWriter.Write),
        new("abc", [".abc"], (stream, melody, options) => stream.Write(Encoding.UTF8.GetBytes(AbcWriter.ToText(melody, options)))),
        new("wav", [".wav"], WaveWriter.Write),
    ];

    /// <summary>Sound as the instruments of a SoundFont make it, by the program fluidsynth; takes the place of <c>wav</c>.</summary>
    /// <param name="soundFont">A <c>.sf2</c> or <c>.sf3</c> file.</param>
    public static MelodyFormat WaveBy(string soundFont) => new("wav", [".wav"], (stream, melody, options) => Fluidsynth.Write(stream, melody, options, soundFont));

    /// <summary>The format of a file by its name's ending, the first that fits; null where none does.</summary>
    public static MelodyFormat? Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Known.FirstOrDefault(format => format.Fits(path));
    }

    /// <summary>Whether a file's name has one of the endings.</summary>
    public bool Fits(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Writes a file; it is there whole or not at all.</summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="melody">What is written.</param>
    /// <param name="options">How it sounds and what the file says of it.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or the format cannot hold such a melody; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path, Melody melody, MelodyWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(melody);
        MelodyWriterOptions valid = (options ?? MelodyWriterOptions.Default).Validated();
        AtomicFile.Write(path, stream => WriteTo(stream, melody, valid));
    }
}
