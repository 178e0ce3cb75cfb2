using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Scores.Midi;
using RLTuner.Scores.MusicXml;

namespace RLTuner.Corpus.Reading;

/// <summary>A kind of file that music is read from: the one place where a format plugs in.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Endings">The endings of its files, with the dot, in lower case.</param>
/// <param name="MaxBytes">Larger files are refused unread.</param>
/// <param name="Read">
/// The pieces of a file, given its bytes and its name. A file that cannot be read at all throws a <see cref="ScoreFormatException"/> or
/// a <see cref="MelodyFormatException"/>; a bad piece among good ones is a <see cref="FoundPiece"/> with a problem.
/// </param>
public sealed record MusicFormat(
    string Name, ImmutableArray<string> Endings, int MaxBytes, Func<byte[], string, ReadingOptions, IEnumerable<FoundPiece>> Read)
{
    /// <summary>The name of the format whose ticks mean seconds first.</summary>
    internal const string MidiName = "MIDI";

    /// <summary>Whether a file holds any number of tunes that have nothing to do with one another.</summary>
    internal bool HoldsTunes => Name == AbcName;

    private const string AbcName = "ABC";

    private const int MaxMelodyBytes = 128 << 20;

    /// <summary>The formats that this library reads.</summary>
    public static ImmutableArray<MusicFormat> Known { get; } =
    [
        new(MidiName, [".mid", ".midi", ".kar", ".rmi", ".smf"], MidiReader.MaxFileBytes,
            (bytes, name, options) => [FoundPiece.Of(MidiReader.Read(bytes, name, options.AsOriginal))]),
        new("MusicXML", [".musicxml", ".mxl", ".xml"], MusicXmlReader.MaxFileBytes,
            (bytes, name, options) => [FoundPiece.Of(MusicXmlReader.Read(bytes, name, options.PlayRepeats))]),
        new(AbcName, [".abc"], AbcFile.MaxFileBytes, (bytes, name, options) => AbcFile.Read(bytes, name).Select(tune => ReadTune(tune, options))),
        new("melodies", [".jsonl", CorpusFile.Extension], MaxMelodyBytes, ReadMelodies),
    ];

    /// <summary>The format of a file by its name's ending, null where none fits.</summary>
    public static MusicFormat? Of(string fileName, IEnumerable<MusicFormat> formats)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(formats);
        return formats.FirstOrDefault(
            format => format.Endings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }

    private static FoundPiece ReadTune(AbcTune tune, ReadingOptions options)
    {
        try
        {
            return new FoundPiece(tune.Name) { Score = AbcReader.Read(tune, options.PlayRepeats) };
        }
        catch (AbcFormatException e)
        {
            return new FoundPiece(tune.Name) { Error = e };
        }
    }

    private static IEnumerable<FoundPiece> ReadMelodies(byte[] bytes, string name, ReadingOptions options)
    {
        using MemoryStream stream = new(bytes, writable: false);
        (MelodyCorpus corpus, MelodyFormatException? damage) = CorpusFile.LoadUpToDamage(stream, name, options.Encoding);
        return
        [
            .. corpus.Training.Concat(corpus.Validation)
                .GroupBy(melody => melody.Piece)
                .Select(piece => new FoundPiece(piece.Key) { Melodies = [.. piece], StepsPerQuarter = corpus.StepsPerQuarter }),
            .. damage is null ? (FoundPiece[])[] : [new FoundPiece(name) { Error = damage }],
        ];
    }
}

/// <summary>What readers of music need to know.</summary>
/// <param name="Encoding">What class numbers mean where a file does not say it.</param>
/// <param name="PlayRepeats">Whether notation's repeats are played out.</param>
/// <param name="AsOriginal">Whether MIDI files are refused that the original refuses, instead of read in spite of damage.</param>
public sealed record ReadingOptions(MelodyEncoding Encoding, bool PlayRepeats = true, bool AsOriginal = false);

/// <summary>A piece of music in a file: a score, or melodies that are on the grid already, or the reason why there is neither.</summary>
/// <param name="Name">The file, and the piece in it where it holds several.</param>
public sealed record FoundPiece(string Name)
{
    /// <summary>The music as written.</summary>
    public Score? Score { get; init; }

    /// <summary>Its melodies, where the file holds melodies instead of scores.</summary>
    public ImmutableArray<CorpusMelody> Melodies { get; init; } = [];

    /// <summary>The grid of its melodies.</summary>
    public int StepsPerQuarter { get; init; } = Melody.StepsPerQuarter;

    /// <summary>What the reader threw, where the piece cannot be read; it names file and place.</summary>
    public Exception? Error { get; init; }

    /// <summary>Why the piece cannot be read.</summary>
    public string? Problem
    {
        get => field ?? Error?.Message;
        init;
    }

    /// <summary>A piece named as its score is.</summary>
    public static FoundPiece Of(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new FoundPiece(score.Name) { Score = score };
    }
}
