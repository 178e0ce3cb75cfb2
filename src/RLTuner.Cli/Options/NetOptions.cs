using System.Collections.Immutable;
using System.CommandLine;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Onnx;
using RLTuner.Runs;
using RLTuner.TensorFlow.Nets;

namespace RLTuner.Cli.Options;

/// <summary>The options that name a net, and the one place that opens nets of any kind.</summary>
internal sealed class NetOptions
{
    /// <summary>All kinds of files; TensorFlow's take whatever the others do not.</summary>
    public static ImmutableArray<NetFormat> Formats { get; } = [.. NetFormat.Known, OnnxNetFormat.Format, .. TensorFlowNetFormat.All];

    private readonly Option<int?> _classes = Make.NumberOrNone<int>("--classes", "Refuse a net with another number of event classes.", min: 3, max: 130);
    private readonly Option<int?> _lowestPitch = Make.NumberOrNone<int>(
        "--lowest-pitch", "The MIDI number of class 2 for checkpoints that do not say it (default 48, C3).", min: 0, max: 127);

    public void AddTo(Command command)
    {
        command.Options.Add(_classes);
        command.Options.Add(_lowestPitch);
    }

    /// <summary>Opens a run folder, a file or folder of any kind, or a net with a name; the shipped net if none is named.</summary>
    public LoadedNet Load(string? nameOrPath, ParseResult parsed)
    {
        string path = NamedNets.PathOf(nameOrPath ?? ShippedNoteRnn.Shipped);
        ExpectedNet expected = new(parsed.GetValue(_classes), parsed.GetValue(_lowestPitch) is int number ? new Pitch(number) : null);
        if (ShippedNoteRnn.Names.Contains(path))
        {
            return new LoadedNet(expected.Of(ShippedNoteRnn.Load(path), path), path, null);
        }

        RunFolder? run = RunFolder.Exists(path) ? RunFolder.Open(path) : null;
        string file = run?.LastCheckpointPath() ?? path;
        return new LoadedNet(NetFormat.Of(file, Formats)!.Read(file, expected), path, run);
    }

    /// <summary>The encoding of melody files that are judged without a net.</summary>
    public MelodyEncoding Encoding(ParseResult parsed)
    {
        MelodyEncoding standard = MelodyEncoding.Default;
        return new MelodyEncoding(
            new Pitch(parsed.GetValue(_lowestPitch) ?? standard.Lowest.MidiNumber), parsed.GetValue(_classes) ?? standard.ClassCount).Validated();
    }
}

/// <summary>A net, where it came from, and its run if it is the result of one.</summary>
internal sealed record LoadedNet(NoteRnnModel Model, string Path, RunFolder? Run)
{
    public RunPlan? Plan { get; } = Run?.ReadPlan();

    /// <summary>The net that the run started from.</summary>
    public NoteRnnModel? TunedFrom() => Run is null ? null : NoteRnnFile.Load(Run.CheckpointPath(0));
}
