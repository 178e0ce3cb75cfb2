using System.CommandLine;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow;

namespace RLTuner.Cli.Options;

/// <summary>The net to tune: our option, and the original's three.</summary>
internal sealed class NoteRnnOptions
{
    private readonly Option<string?> _noteRnn = Make.Path(
        "--note-rnn", "PATH", "The net to tune: a TensorFlow checkpoint (file or folder), a .mag bundle, a .safetensors file, a run folder, 'magenta' for the net "
        + "that Magenta published, or one that comes with the program: 'shipped', or 'plain', which hears events alone [default: shipped].");

    private readonly Option<string?> _directory = Make.Path("--note-rnn-checkpoint-dir", "DIR", "The folder of the checkpoint.");
    private readonly Option<string?> _name = Make.Path(
        "--note-rnn-checkpoint-name", "NAME", "The checkpoint's name in that folder [default: the latest].");

    private readonly ChoiceOption<string> _type = new(
        "--note-rnn-type",
        "What the checkpoint must be; its names tell by themselves.",
        ("auto", "auto"),
        ("default", "default"),
        ("basic-rnn", "basic-rnn"));

    public void AddTo(Command command)
    {
        command.Options.Add(_noteRnn);
        command.Options.Add(_directory);
        command.Options.Add(_name);
        command.Options.Add(_type);
    }

    public string Path(ParseResult parsed)
    {
        string? directory = parsed.GetValue(_directory), name = parsed.GetValue(_name);
        return (parsed.GetValue(_noteRnn), directory, name) switch
        {
            ({ } path, null, null) => path,
            ({ }, _, _) => throw new UsageException("expected either --note-rnn or --note-rnn-checkpoint-dir and -name, found both"),
            (null, { }, null) => directory,
            (null, { }, { }) => System.IO.Path.Combine(directory, name),
            (null, null, { }) => throw new UsageException("--note-rnn-checkpoint-name: expected --note-rnn-checkpoint-dir beside it, found none"),
            _ => ShippedNoteRnn.Shipped,
        };
    }

    /// <summary>Refuses a checkpoint of another kind than was asked for.</summary>
    public void Check(ParseResult parsed, LoadedNet net)
    {
        string wanted = _type.Read(parsed);
        if (wanted == "auto" || !TensorFlowCheckpoint.IsCheckpoint(net.Path))
        {
            return;
        }

        bool basic = TensorFlowCheckpoint.Open(net.Path).Tensors.Any(
            tensor => tensor.Name.Replace("_", "", StringComparison.Ordinal).Contains("BasicLstmCell", StringComparison.OrdinalIgnoreCase));
        if (basic != (wanted == "basic-rnn"))
        {
            throw new UsageException(
                $"{net.Path}: expected a net of type {wanted}, found {(basic ? "basic-rnn" : "default")}. Leave --note-rnn-type out.");
        }
    }
}
