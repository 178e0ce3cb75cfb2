using System.CommandLine;
using RLTuner.Files;
using RLTuner.Music;

namespace RLTuner.Cli.Options;

/// <summary>Melody files, as arguments or by --input.</summary>
internal sealed class MelodyInputs
{
    private readonly Argument<string[]> _files = new("melodies")
    {
        Description = "Melody files: .mid (.midi, .kar, .rmi, .smf), MusicXML (.musicxml, .mxl), .abc, .tfrecord, .corpus, "
            + "or .jsonl with one {\"events\":[14,0,0,1],\"length\":32} a line (class numbers).",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _input = new("--input")
    {
        Description = "The same, as an option.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_input);
    }

    public IReadOnlyList<string> Paths(ParseResult parsed) => [.. parsed.GetValue(_files) ?? [], .. parsed.GetValue(_input) ?? []];

    /// <summary>Reads every melody of every file, each with a name for messages.</summary>
    public IReadOnlyList<(string Name, Melody Melody)> Read(ParseResult parsed, MelodyEncoding encoding, bool asOriginal)
    {
        IReadOnlyList<string> paths = Paths(parsed);
        if (paths.Count == 0)
        {
            throw new UsageException("expected melody files (such as .mid or .jsonl) as arguments or by --input, found none");
        }

        return [.. paths.SelectMany(path => Named(path, MelodySources.Read(path, encoding, asOriginal)))];
    }

    private static IEnumerable<(string, Melody)> Named(string path, IReadOnlyList<Melody> melodies) =>
        melodies.Select((melody, index) => (PlainText.Of(melodies.Count == 1 ? Path.GetFileName(path) : $"{Path.GetFileName(path)} #{index + 1}"), melody));
}
