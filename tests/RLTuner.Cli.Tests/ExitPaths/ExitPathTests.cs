using System.Diagnostics;
using System.Text.RegularExpressions;
using RLTuner.Cli.Options;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Ratings;
using RLTuner.Scores;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests.ExitPaths;

/// <summary>
/// Every way out of every command: whatever takes a path is given each kind of bad one, under each ending that may mean something. Commands
/// and their operands are found in the tree of commands, so that new ones are tried too.
/// </summary>
public sealed partial class ExitPathTests(FinishedRun run, ITestOutputHelper output) : IClassFixture<FinishedRun>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Words of the framework, of its libraries and of our temporary files, which mean nothing to users.</summary>
    private static readonly string[] Foreign =
        ["Exception", "System.", "   at ", "Object reference", "Parameter", "unexpected error", "LineNumber", "root level", "Central Directory", "end-group", ".tmp"];

    /// <summary>One of each family; the long test tries all.</summary>
    private static readonly string[] FewEndings = ["", ".mid", ".mxl", ".corpus", ".safetensors", ".onnx", ".mag", ".zip"];

    private static readonly string[] AllEndings =
    [
        .. FewEndings.Concat(MusicFormat.Known.SelectMany(format => format.Endings)).Concat(NetOptions.Formats.SelectMany(format => format.Endings))
            .Where(ending => ending.Length == 0 || ending.StartsWith('.')).Concat([".json", ".tfrecord", ".tar", ".tar.gz", ".mid.gz", ".ckpt-1"]).Distinct(),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly BadPlaces _bad = new();

    public static TheoryData<string> Readers => [.. PathOperand.Commands().Where(command => PathOperand.Of(command).Operands.Any(operand => !operand.IsOutput))];

    public static TheoryData<string> Writers => [.. PathOperand.Commands().Where(command => PathOperand.Of(command).Operands.Any(operand => operand.IsOutput))];

    private string Target => _folder.PathTo("target");

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_cannot_be_read_is_told_in_one_line_and_nothing_is_written(string command) => AssertRefused(command, FewEndings);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Readers))]
    public void What_cannot_be_read_is_told_whatever_its_ending(string command) => AssertRefused(command, AllEndings);

    [Theory]
    [MemberData(nameof(Writers))]
    public void Where_nothing_can_be_written_is_told_in_one_line(string command)
    {
        PathOperand operand = Assert.Single(PathOperand.Of(command).Operands, operand => operand.IsOutput);
        string ending = EndingOf(command), file = _folder.PathTo("a-file"), taken = _folder.PathTo($"taken{ending}");
        File.WriteAllText(file, "mine");
        if (ending.Length > 0)
        {
            Directory.CreateDirectory(taken);
            File.WriteAllText(Path.Combine(taken, "theirs"), "theirs");
        }
        else
        {
            File.WriteAllText(taken, "theirs");
        }

        foreach (string path in (string[])[Path.Combine(file, $"new{ending}"), Path.Combine(file, "folder", $"new{ending}"), taken, .. OperatingSystem.IsLinux() ? [$"/sys/rltuner{ending}"] : (string[])[]])
        {
            Result result = Run(operand, path, works: true);
            Assert.True(IsWellTold(result, operand, path.StartsWith(file, StringComparison.Ordinal) ? file : path.StartsWith("/sys", StringComparison.Ordinal) ? "/sys" : path), $"{command} {path}: {result.Code} {result.Errors}");
        }

        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Equal("theirs", File.ReadAllText(ending.Length > 0 ? Path.Combine(taken, "theirs") : taken));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, "*.tmp", SearchOption.AllDirectories));

        // Folders that are missing are made.
        string made = Path.Combine(Target, "deep", $"new{ending}");
        Assert.Equal(0, Run(operand, made, works: true).Code);
        Assert.True(Path.Exists(made));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _bad.Dispose();
    }

    private static string EndingOf(string command) => command switch
    {
        "tune" or "compose" or "checkpoint unpack" or "sweep plan" or "paper" => "",
        "report" => ".html",
        "rules fit" => ".json",
        "corpus build" => ".corpus",
        "note-rnn train" or "note-rnn histograms" => ".safetensors",
        "checkpoint convert" => ".onnx",
        _ => throw new InvalidOperationException($"'{command}': what does it write? Say it here."),
    };

    private void AssertRefused(string command, string[] endings)
    {
        int tried = 0;
        List<string> problems = [];
        foreach (PathOperand operand in PathOperand.Of(command).Operands.Where(operand => !operand.IsOutput))
        {
            foreach (string path in BadPlaces.Kinds.SelectMany(kind => endings.Select(ending => _bad.Make(kind, ending)).Append(_bad.MakeRun(kind))))
            {
                long start = Stopwatch.GetTimestamp();
                Result result = Run(operand, path, works: false);
                if (!IsWellTold(result, operand, path) || Stopwatch.GetElapsedTime(start) > Patience || Path.Exists(Target))
                {
                    problems.Add($"{operand.Name} {path}: {result.Code} {result.Errors.TrimEnd()} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s{(Path.Exists(Target) ? ", something was written" : "")})");
                }

                tried++;
            }
        }

        Assert.True(problems.Count == 0, $"{command}: {string.Join('\n', problems)}");
        output.WriteLine($"{tried} lines{(Environment.IsPrivilegedProcess ? "; none of a file that may not be opened, as root may open all" : "")}");
    }

    private static bool IsWellTold(Result result, PathOperand operand, string path)
    {
        string[] lines = result.Errors.TrimEnd('\n').Split('\n');

        // Weights of rules are options, in a file for their number; a folder may be wrong usage where a file is to be written.
        return (result.Code == 1 || (result.Code == 2 && (operand.Name == "--rules" || operand.IsOutput)))
            && lines is [var line] && line.StartsWith("rltuner: ", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal)
            && Form().IsMatch(line) && !Foreign.Any(word => line.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Where: what was expected, what was found, and what to do, in brackets or as a sentence.</summary>
    [GeneratedRegex(@": expected .+, found .+(\(|; |\. |\? |or )(check|choose|convert|copy|fetch|give|name|build|make|bring|save|split|take|write|Name|unpack|remove) ?\b.*", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    /// <summary>Runs the command with a path, and what else it needs; so that it works, in little time.</summary>
    private Result Run(PathOperand operand, string path, bool works)
    {
        (IReadOnlyList<PathOperand> operands, IReadOnlyList<(string Name, bool IsOption)> required) = PathOperand.Of(operand.Command);
        List<string> line = [.. operand.Command.Split(' ')];
        foreach ((string name, bool isOption) in required.Where(required => required.Name != operand.Name))
        {
            line.AddRange(isOption ? [name, Good(operand.Command, name)] : [Good(operand.Command, name)]);
        }

        // An earlier run knows the rest.
        if (operand.Name is not ("--resume" or "--restart"))
        {
            line.AddRange(operands.Where(other => other.IsOutput && other.Name != operand.Name && !line.Contains(other.Name)).SelectMany(other => new[] { other.Name, Path.Combine(Target, $"new{EndingOf(operand.Command)}") }));
            line.AddRange((operand.Command, operand.Name) switch
            {
                (_, "--note-rnn-checkpoint-name") => ["--note-rnn-checkpoint-dir", _folder.Path],
                ("explain", "--rules") => [Good("corpus show", "file")],
                ("tune", _) when works => ["--note-rnn", run.Net, "--preset", "paper", "--training-steps", "40", "--output-every-nth", "20"],
                ("paper", _) when works => ["--note-rnn", run.Net, "--training-steps", "40", "--count", "20", "--seeds", "1"],
                ("compose", "--soundfont") => ["--format", "wav"],
                ("compose", _) when works => ["--model", run.Net, "--count", "2"],
                ("note-rnn train", _) when works => ["--epochs", "1", "--units", "8"],
                _ => (string[])[],
            });
        }

        line.AddRange(operand.IsOption ? [operand.Name, path] : [path]);
        return Rltuner.RunHere([.. line]);
    }

    private string Good(string command, string name) => (command, name) switch
    {
        (_, "--output") => Path.Combine(Target, $"new{EndingOf(command)}"),
        (_, "--to") => "onnx",
        (_, "net") => run.Net,
        (_, "RUN") => run.Folder,
        (_, "RATINGS") => Ratings(),
        (_, "bundle") => Bundle(),
        ("sweep plan", _) => Grid(),
        (_, "corpus") or (_, "--corpus") or ("corpus show", "file") or ("corpus build", "paths") => Corpus(),
        _ => throw new InvalidOperationException($"'{command}' {name}: what is a good value? Say it here."),
    };

    private string Corpus()
    {
        string path = _folder.PathTo("good.jsonl");
        if (!File.Exists(path))
        {
            File.WriteAllLines(path, Enumerable.Range(0, 25).Select(i => $"{{\"events\":[{string.Join(',', Enumerable.Range(0, 64).Select(step => step % 4 > 0 ? 0 : 10 + ((i + step) % 17)))}]{(i == 0 ? ",\"set\":\"validation\"" : "")}}}"));
        }

        return path;
    }

    private string Grid()
    {
        string path = _folder.PathTo("grid.json");
        File.WriteAllText(path, """{"base":{"training-steps":20},"seeds":[1,2]}""");
        return path;
    }

    private string Ratings()
    {
        string path = _folder.PathTo("ratings.jsonl");
        RatedMelody tune = new(RatedKind.Tune, "", 0, MagentaMelody.Parse("[60, -2, 61, -2]"));
        RatingsFile.Append(path, new Rating(DateTimeOffset.UnixEpoch, tune, tune with { Melody = MagentaMelody.Parse("[60, -2, 62, -2]") }, Key.CMajor, TimeSignature.CommonTime, RatingChoice.B));
        return path;
    }

    private string Bundle()
    {
        string path = _folder.PathTo("good.mag");
        File.WriteAllBytes(path, CheckpointWriter.Bundle(CheckpointWriter.V1(MadeNet.Tensors(MadeNet.Weights(new NoteRnnShape(38, [8]), 3), MadeNet.Modern), new TableWriter())));
        return path;
    }
}
