using System.CommandLine;
using System.Text.Json.Nodes;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow;
using RLTuner.Tuning;

namespace RLTuner.Cli.Options;

/// <summary>The options that name a net, and the one place that opens nets of any kind.</summary>
internal sealed class NetOptions
{
    private readonly Option<int?> _classes = new("--classes")
    {
        Description = "Refuse a net with another number of event classes.",
        HelpName = "N",
    };

    private readonly Option<int?> _lowestPitch = new("--lowest-pitch")
    {
        Description = "The MIDI number of class 2 for checkpoints that do not say it (default 48, C3).",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_classes);
        command.Options.Add(_lowestPitch);
    }

    /// <summary>Opens a run folder, our own file, a TensorFlow checkpoint or a bundle.</summary>
    public LoadedNet Load(string path, ParseResult parsed)
    {
        int? classes = parsed.GetValue(_classes), lowest = parsed.GetValue(_lowestPitch);
        if (RunFolder.Exists(path))
        {
            RunFolder run = RunFolder.Open(path);
            return new LoadedNet(Checked(NoteRnnFile.Load(run.LastCheckpointPath()), path, classes), path, run);
        }

        if (path.EndsWith(NoteRnnFile.Extension, StringComparison.OrdinalIgnoreCase))
        {
            NoteRnnModel model = NoteRnnFile.Load(path);
            if (lowest is int pitch)
            {
                model = model with { Encoding = new MelodyEncoding(new Pitch(pitch), model.Encoding.ClassCount).Validated() };
            }

            return new LoadedNet(Checked(model, path, classes), path, null);
        }

        return new LoadedNet(
            NoteRnnCheckpoint.Load(path, expectedClasses: classes, lowest: lowest is int number ? new Pitch(number) : null).Model, path, null);
    }

    /// <summary>The encoding of melody files that are judged without a net.</summary>
    public MelodyEncoding Encoding(ParseResult parsed)
    {
        MelodyEncoding standard = MelodyEncoding.Default;
        return new MelodyEncoding(
            new Pitch(parsed.GetValue(_lowestPitch) ?? standard.Lowest.MidiNumber), parsed.GetValue(_classes) ?? standard.ClassCount).Validated();
    }

    private static NoteRnnModel Checked(NoteRnnModel model, string path, int? classes) =>
        classes is int expected && expected != model.Shape.Classes
            ? throw new NoteRnnFormatException(
                $"{path}: expected a net with {expected} output classes, found {model.Shape.Classes}. Pass --classes {model.Shape.Classes} or a matching net.")
            : model;
}

/// <summary>A net, where it came from, and its run if it is the result of one.</summary>
internal sealed record LoadedNet(NoteRnnModel Model, string Path, RunFolder? Run)
{
    public JsonObject? RunOptions { get; } = Run?.ReadOptions();

    /// <summary>The net that the run started from.</summary>
    public NoteRnnModel? TunedFrom() => Run is null ? null : NoteRnnFile.Load(Run.CheckpointPath(0));
}
