using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus;

/// <summary>
/// A corpus as one file: JSON lines, packed by gzip. The first line says the encoding, the grid and how the corpus was made; each other
/// line is a melody with its piece and its set. Plain files of melodies (<see cref="MelodyJsonLines"/>, packed or not) are read too.
/// </summary>
public static class CorpusFile
{
    /// <summary>The ending of its files.</summary>
    public const string Extension = ".corpus";

    /// <summary>The most events that are read from a file.</summary>
    public const long MaxEvents = 1L << 28;

    /// <summary>A melody counts as this many events at least, whatever it holds: its place in memory is bounded too.</summary>
    internal const int LeastEvents = 64;

    /// <summary>Room for that many events of three digits and a comma each, and as much for names.</summary>
    private const long MaxUnpackedBytes = 1L << 31;

    private const string Format = "rltuner-corpus", Validation = "validation", Training = "train";

    private const int Version = 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file; it is there whole or not at all. The same corpus gives the same bytes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A melody holds a pitch outside the encoding.</exception>
    public static void Save(MelodyCorpus corpus, string path)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, stream =>
        {
            using GZipStream packed = new(stream, CompressionLevel.Optimal, leaveOpen: true);
            WriteLine(packed, json => WriteHeader(json, corpus));
            foreach ((string set, ImmutableArray<CorpusMelody> melodies) in new[] { (Training, corpus.Training), (Validation, corpus.Validation) })
            {
                foreach (CorpusMelody melody in melodies)
                {
                    WriteLine(packed, json => WriteMelody(json, melody, set, corpus.Encoding));
                }
            }
        });
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A corpus file, or melodies one a line, packed by gzip or not.</param>
    /// <param name="encoding">What class numbers mean in files that do not say it; by default the published nets' encoding.</param>
    /// <exception cref="MelodyFormatException">It holds something else, is damaged or too large.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static MelodyCorpus Load(string path, MelodyEncoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            throw new MelodyFormatException(path, null, "expected a corpus file, found a folder (make a corpus of it by 'rltuner corpus build')");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: expected a corpus file, found none (check the path)", path);
        }

        if (RegularFile.LengthOf(new FileInfo(path)) == 0)
        {
            throw new MelodyFormatException(path, null, "expected a corpus file, found an empty file, a pipe or a device (copy it to a file)");
        }

        using Stream file = File.OpenRead(path);
        return Load(file, path, encoding);
    }

    /// <summary>Reads a stream from its start to its end.</summary>
    /// <param name="stream">The file's bytes; it can seek, and the caller closes it.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="encoding">What class numbers mean in files that do not say it; by default the published nets' encoding.</param>
    /// <exception cref="MelodyFormatException">It holds something else, is damaged or too large.</exception>
    public static MelodyCorpus Load(Stream stream, string name, MelodyEncoding? encoding = null)
    {
        (MelodyCorpus corpus, MelodyFormatException? damage) = LoadUpToDamage(stream, name, encoding);
        return damage is null ? corpus : throw damage;
    }

    /// <summary>The melodies before the first that cannot be read, and what is wrong with that; a bad header throws.</summary>
    internal static (MelodyCorpus Corpus, MelodyFormatException? Damage) LoadUpToDamage(Stream stream, string name, MelodyEncoding? encoding)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
        {
            throw new MelodyFormatException(name, null, "expected a file on a disk, found a pipe or device (copy it to a file)");
        }

        bool isPacked = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        using Stream content = isPacked
            ? new LimitedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), MaxUnpackedBytes)
            : stream;
        using StreamReader text = new(content, Utf8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 14, leaveOpen: true);
        try
        {
            return Load(new BoundedLineReader(text, MelodyJsonLines.MaxLineLength), name, encoding ?? MelodyEncoding.Default);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(name, e);
        }
    }

    private static (MelodyCorpus Corpus, MelodyFormatException? Damage) Load(BoundedLineReader lines, string name, MelodyEncoding encoding)
    {
        MelodyCorpus corpus = new() { Encoding = encoding };
        if (MelodyJsonLines.NextLine(lines, name) is not { } first)
        {
            return (corpus, null);
        }

        IEnumerable<MelodyLine> melodies = [];
        int? declared = null;
        if (Header(first, name) is var (header, count))
        {
            (corpus, declared) = (header, count);
        }
        else if (!string.IsNullOrWhiteSpace(first))
        {
            melodies = [MelodyJsonLines.ParseLine(first, name, 1, encoding)];
        }

        ImmutableArray<CorpusMelody>.Builder training = ImmutableArray.CreateBuilder<CorpusMelody>();
        ImmutableArray<CorpusMelody>.Builder validation = ImmutableArray.CreateBuilder<CorpusMelody>();
        MelodyFormatException? damage = null;
        try
        {
            AddMelodies(melodies.Concat(MelodyJsonLines.ReadLines(lines, name, corpus.Encoding)));
            int found = training.Count + validation.Count;
            damage = declared is { } expected && found != expected
                ? new MelodyFormatException(name, lines.LineNumber, $"expected {expected} melodies, found {found} (is the file cut short?)")
                : null;
        }
        catch (MelodyFormatException e)
        {
            damage = e;
        }
        catch (InvalidDataException e)
        {
            damage = Damaged(name, e);
        }

        return (corpus with { Training = training.DrainToImmutable(), Validation = validation.DrainToImmutable() }, damage);

        void AddMelodies(IEnumerable<MelodyLine> found)
        {
            long events = 0;
            foreach (MelodyLine line in found)
            {
                events += Math.Max(LeastEvents, line.Melody.Events.Length);
                if (events > MaxEvents)
                {
                    throw new MelodyFormatException(name, lines.LineNumber, $"expected at most {MaxEvents:N0} events in a file, found more (split it)");
                }

                (line.Set == Validation ? validation : training).Add(new CorpusMelody(line.Piece ?? $"{name}#{lines.LineNumber}", line.Melody)
                {
                    Metre = Metre(line.Metre),
                    Sharps = line.Sharps is >= -7 and <= 7 ? line.Sharps : null,
                });
            }
        }
    }

    private static MelodyFormatException Damaged(string name, InvalidDataException e) =>
        new(name, null, e.Message.StartsWith("expected ", StringComparison.Ordinal) ? e.Message : "expected a file packed by gzip, found a damaged one (take another copy of it)", e);

    /// <summary>A corpus without melodies yet, and how many it is to have; null where the line is no header.</summary>
    private static (MelodyCorpus Corpus, int Melodies)? Header(string line, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("format", out JsonElement format))
            {
                return null;
            }

            if (format.ValueKind != JsonValueKind.String || format.GetString() != Format || Number(document, "version", name, 1, int.MaxValue) > Version)
            {
                throw new MelodyFormatException(
                    name, 1, $"expected format \"{Format}\" of version {Version}, found {format} (was it written by a newer program?)");
            }

            int classes = Number(document, "classes", name, 3, 130);
            int lowest = Number(document, "lowest_pitch", name, 0, 127);
            ImmutableSortedDictionary<string, string> settings = document.RootElement.TryGetProperty("settings", out JsonElement given)
                && given.ValueKind == JsonValueKind.Object
                ? given.EnumerateObject().DistinctBy(setting => setting.Name, StringComparer.Ordinal)
                    .ToImmutableSortedDictionary(setting => setting.Name, setting => setting.Value.ToString(), StringComparer.Ordinal)
                : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
            return lowest + classes - MelodyEncoding.FirstPitchClass > 128
                ? throw new MelodyFormatException(name, 1, $"expected pitches within MIDI's 0 to 127, found {classes} classes from pitch {lowest}")
                : (new MelodyCorpus
                {
                    Encoding = new MelodyEncoding(new Pitch(lowest), classes),
                    StepsPerQuarter = Number(document, "steps_per_quarter", name, 1, 96),
                    Settings = settings,
                }, Number(document, "melodies", name, 0, int.MaxValue));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is JSON, yet no text. The parser of melodies has better words for it.
            return null;
        }
    }

    private static int Number(JsonDocument header, string property, string name, int least, int most) =>
        header.RootElement.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw new MelodyFormatException(
                name, 1, $"expected \"{property}\" to be a number from {least} to {most}, found {(value.ValueKind == JsonValueKind.Undefined ? "none" : value)}");

    private static TimeSignature? Metre(string? text)
    {
        try
        {
            return text is null ? null : TimeSignature.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void WriteLine(Stream stream, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        stream.Write(line.WrittenSpan);
        stream.WriteByte((byte)'\n');
    }

    private static void WriteHeader(Utf8JsonWriter json, MelodyCorpus corpus)
    {
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteNumber("lowest_pitch", corpus.Encoding.Lowest.MidiNumber);
        json.WriteNumber("classes", corpus.Encoding.ClassCount);
        json.WriteNumber("steps_per_quarter", corpus.StepsPerQuarter);
        json.WriteNumber("melodies", corpus.Training.Length + corpus.Validation.Length);
        json.WriteStartObject("settings");
        foreach ((string name, string value) in corpus.Settings)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteMelody(Utf8JsonWriter json, CorpusMelody melody, string set, MelodyEncoding encoding)
    {
        json.WriteString("piece", melody.Piece);
        json.WriteString("set", set);
        if (melody.Metre is { } metre)
        {
            json.WriteString("metre", metre.ToString());
        }

        if (melody.Sharps is { } sharps)
        {
            json.WriteNumber("sharps", sharps);
        }

        json.WriteStartArray("events");
        foreach (int classNumber in melody.Melody.ToClasses(encoding))
        {
            json.WriteNumberValue(classNumber);
        }

        json.WriteEndArray();
    }
}
