using System.CommandLine;
using System.Globalization;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Wave;
using RLTuner.Scores.Writing;

namespace RLTuner.Cli.Options;

/// <summary>Where melodies go, in which formats, and how they sound.</summary>
internal sealed class MelodyOutputOptions
{
    private const string Lines = "jsonl", UsualFolder = "melodies";

    private static readonly string[] Names = [.. MelodyFormat.Known.Select(format => format.Name), Lines];

    private readonly Option<string?> _output = Make.Path(
        "--output", "PATH",
        $"A folder, or a file whose ending says the format ({string.Join(", ", MelodyFormat.Known.SelectMany(format => format.Endings).Distinct())}: one melody; .jsonl: all) [default: {UsualFolder}].");

    private readonly Option<string?> _format = new("--format")
    {
        Description = $"For your notation program, player or scripts, several with commas between: {string.Join(", ", Names)} [default: midi].",
        HelpName = "WORDS",
    };

    private readonly Option<string?> _soundFont = Make.Path(
        "--soundfont", "FILE", "Have .wav files played by the instruments of a .sf2 or .sf3 file (needs fluidsynth) instead of a plain pluck.");

    private readonly Option<double> _tempo = Make.Number("--tempo", "Quarter notes a minute.", 120.0, MelodyWriterOptions.MinTempo, MelodyWriterOptions.MaxTempo);
    private readonly Option<int> _program = Make.Number("--program", "The General MIDI instrument, 0 to 127: 0 a piano, 40 a violin, 73 a flute.", 0, min: 0, max: 127);
    private readonly Option<int> _velocity = Make.Number("--velocity", "How hard notes are struck, 1 to 127.", 100, min: 1, max: 127);
    private readonly Option<string> _name = new("--name")
    {
        Description = "The title in the files; with several melodies each gets its number.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => MelodyWriterOptions.Default.Name,
    };

    public MelodyOutputOptions() => _format.CompletionSources.Add(Names);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_output, _format, _soundFont, _tempo, _program, _velocity, _name])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>How melodies sound, in a key and a metre.</summary>
    public MelodyWriterOptions Sound(ParseResult parsed, Key key, TimeSignature metre) => Limits.Checked(() => new MelodyWriterOptions
    {
        Tempo = parsed.GetValue(_tempo),
        Program = parsed.GetValue(_program),
        Velocity = parsed.GetValue(_velocity),
        Name = parsed.GetValue(_name)!,
        Key = key,
        TimeSignature = metre,
    }.Validated());

    /// <summary>Where melodies go. What does not fit together is refused before anything is composed.</summary>
    public MelodyOutput Read(ParseResult parsed)
    {
        string path = parsed.GetValue(_output) ?? UsualFolder;
        string[] asked = [.. (parsed.GetValue(_format) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Known).Distinct()];
        bool isLines = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        bool isFolder = Path.EndsInDirectorySeparator(path) || (!isLines && Directory.Exists(path));
        MelodyFormat? ofFile = isFolder ? null : MelodyFormat.Of(path);
        bool isFile = isLines || ofFile is not null;
        if (!isFile && !isFolder && Path.GetExtension(path) is { Length: > 1 } ending && ending.Any(char.IsAsciiLetter))
        {
            throw new UsageException(
                $"--output: expected a folder, or a file of a known format ({string.Join(", ", MelodyFormat.Known.SelectMany(format => format.Endings).Append(".jsonl").Distinct())}), "
                + $"found '{ending}' (a folder of that name ends with {Path.DirectorySeparatorChar})");
        }

        bool fits = asked is [] || (asked is [string one] && (isLines ? one == Lines : MelodyFormat.Known.Any(format => format.Name == one && format.Fits(path))));
        if (isFile && !fits)
        {
            throw new UsageException($"--format {string.Join(',', asked)}: expected a folder by --output, or a file of that format, found {path}");
        }

        string[] names = asked is not [] ? asked : isLines ? [Lines] : [ofFile?.Name ?? "midi"];
        string? soundFont = parsed.GetValue(_soundFont);
        if (soundFont is not null)
        {
            if (!names.Contains("wav"))
            {
                throw new UsageException("--soundfont: expected sound to be written, found another format (pass --format wav, or name a .wav file)");
            }

            Fluidsynth.CheckSoundFont(soundFont);
        }

        IEnumerable<MelodyFormat> formats = MelodyFormat.Known.Where(format => names.Contains(format.Name))
            .Select(format => format.Name == "wav" && soundFont is not null ? MelodyFormat.WaveBy(soundFont) : format);
        return names.Contains("midi") && names.Contains("midi0")
            ? throw new UsageException("--format: expected midi or midi0, found both (their files have the same names)")
            : new MelodyOutput(path, isFile, [.. formats], names.Contains(Lines));
    }

    private static string Known(string word) => Names.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"--format: expected some of {string.Join(", ", Names)}; found '{word}'");
}

/// <summary>Where melodies go.</summary>
/// <param name="Path">A file or a folder.</param>
/// <param name="IsFile">Whether it is a file.</param>
/// <param name="Formats">The formats of one melody a file.</param>
/// <param name="HasLines">Whether all melodies go to a file of class numbers.</param>
internal sealed record MelodyOutput(string Path, bool IsFile, IReadOnlyList<MelodyFormat> Formats, bool HasLines)
{
    /// <summary>Whether there is place for one melody only.</summary>
    public bool HoldsOne => IsFile && !HasLines;

    /// <summary>Writes the melodies, all files of them or none.</summary>
    /// <returns>What was written, in words.</returns>
    public string Write(IReadOnlyList<Melody> melodies, MelodyWriterOptions sound, MelodyEncoding encoding)
    {
        string folder = IsFile ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))! : Path;
        List<(string Path, Action<Stream> Write)> files = [];
        if (HasLines)
        {
            files.Add((IsFile ? Path : System.IO.Path.Combine(folder, "melodies.jsonl"), stream => WriteLines(stream, melodies, encoding)));
        }

        int digits = Math.Max(2, melodies.Count.ToString(CultureInfo.InvariantCulture).Length);
        for (int i = 0; i < melodies.Count; i++)
        {
            (Melody melody, string number) = (melodies[i], (i + 1).ToString(CultureInfo.InvariantCulture));
            MelodyWriterOptions named = melodies.Count > 1 && sound.Name != MelodyWriterOptions.Default.Name ? sound with { Name = $"{sound.Name} {number}" } : sound;
            string name = System.IO.Path.Combine(folder, $"melody-{number.PadLeft(digits, '0')}");
            foreach (MelodyFormat format in Formats)
            {
                files.Add((IsFile ? Path : name + format.Endings[0], stream => format.WriteTo(stream, melody, named)));
            }
        }

        bool isNew = !Directory.Exists(folder);
        OutputFolder.Make(folder);
        try
        {
            AtomicFile.WriteAll(files);
        }
        catch when (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            throw;
        }

        return $"{melodies.Count} {(melodies.Count == 1 ? "melody" : "melodies")} in {(IsFile ? Path : Path.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar)}";
    }

    private static void WriteLines(Stream stream, IReadOnlyList<Melody> melodies, MelodyEncoding encoding)
    {
        using StreamWriter text = new(stream, leaveOpen: true);
        MelodyJsonLines.Write(text, melodies, encoding);
    }
}
