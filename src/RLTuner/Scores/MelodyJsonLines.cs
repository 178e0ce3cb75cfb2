using System.Text;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Music;

namespace RLTuner.Scores;

/// <summary>
/// Melodies as text, one JSON object a line: <c>{"events":[14,0,0,1],"length":32}</c>. Events are class numbers of a
/// <see cref="MelodyEncoding"/>; <c>length</c> is <see cref="Melody.PlannedLength"/> and defaults to the number of events.
/// Other properties and blank lines are ignored.
/// </summary>
public static class MelodyJsonLines
{
    /// <summary>The longest line that is read, in characters; about a million events.</summary>
    public const int MaxLineLength = 4 << 20;

    private const string Example = "{\"events\":[14,0,0,1],\"length\":32}";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads a file, line by line as the result is enumerated.</summary>
    /// <exception cref="MelodyFormatException">On enumeration: a line does not hold a melody of this encoding.</exception>
    /// <exception cref="FileNotFoundException">On enumeration: there is no such file.</exception>
    public static IEnumerable<Melody> Read(string path, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoding);
        return ReadFile(path, encoding);
    }

    /// <summary>Reads a text, line by line as the result is enumerated.</summary>
    /// <param name="text">The lines; the caller closes it.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="encoding">What the class numbers mean.</param>
    /// <exception cref="MelodyFormatException">On enumeration: a line does not hold a melody of this encoding.</exception>
    public static IEnumerable<Melody> Read(TextReader text, string name, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(encoding);
        return ReadLines(new BoundedLineReader(text, MaxLineLength), name, encoding).Select(line => line.Melody);
    }

    /// <summary>Writes a file; it is replaced only when all melodies are written.</summary>
    /// <exception cref="ArgumentException">A melody holds a pitch outside the encoding.</exception>
    public static void Write(string path, IEnumerable<Melody> melodies, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter text = new(stream, Utf8, leaveOpen: true);
            Write(text, melodies, encoding);
        });
    }

    /// <summary>Writes one line a melody.</summary>
    /// <exception cref="ArgumentException">A melody holds a pitch outside the encoding.</exception>
    public static void Write(TextWriter text, IEnumerable<Melody> melodies, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(encoding);
        int number = 0;
        foreach (Melody melody in melodies)
        {
            number++;
            foreach (MelodyEvent @event in melody.Events)
            {
                if (!encoding.Contains(@event))
                {
                    throw new ArgumentException(
                        $"melody {number}: expected pitches {encoding.Lowest} to {encoding.Highest}, found {@event} (transpose it first)",
                        nameof(melodies));
                }
            }

            text.Write($"{{\"events\":[{string.Join(',', melody.ToClasses(encoding))}],\"length\":{melody.PlannedLength}}}\n");
        }
    }

    private static IEnumerable<Melody> ReadFile(string path, MelodyEncoding encoding)
    {
        using StreamReader text = new(RegularFile.OpenRead(path), Utf8);
        foreach (MelodyLine line in ReadLines(new BoundedLineReader(text, MaxLineLength), path, encoding))
        {
            yield return line.Melody;
        }
    }

    /// <summary>The melodies of the lines that are left, each with what its line says of it.</summary>
    internal static IEnumerable<MelodyLine> ReadLines(BoundedLineReader lines, string name, MelodyEncoding encoding)
    {
        while (NextLine(lines, name) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return ParseLine(line, name, lines.LineNumber, encoding);
            }
        }
    }

    internal static string? NextLine(BoundedLineReader lines, string name)
    {
        try
        {
            return lines.TryRead(out string line) ? line : null;
        }
        catch (FormatException e)
        {
            throw new MelodyFormatException(
                name, lines.LineNumber, $"expected at most {MaxLineLength} characters, found more (write one melody a line)", e);
        }
    }

    internal static MelodyLine ParseLine(string line, string name, int number, MelodyEncoding encoding)
    {
        try
        {
            return new MelodyLineParser(name, number, encoding).Parse(Utf8.GetBytes(line));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            if (number <= 3 && ForeignContent.Describe(Utf8.GetBytes(line[..Math.Min(line.Length, 512)])) is { } found)
            {
                throw new MelodyFormatException(name, number, $"expected a JSON object such as {Example}, found {found}", e);
            }

            string start = line.Length > 60 ? string.Concat(line.AsSpan(0, 60), "...") : line;
            throw new MelodyFormatException(name, number, $"expected a JSON object such as {Example}, found '{start}'{(e is JsonException { BytePositionInLine: { } at } ? $", which ends to be one at byte {at + 1}" : "")} (write one melody a line)", e);
        }
    }
}
