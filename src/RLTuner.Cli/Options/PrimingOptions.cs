using System.CommandLine;
using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>How each melody begins, and what is heard before it.</summary>
internal sealed class PrimingOptions
{
    private readonly ChoiceOption<PrimingMode?> _mode = new(
        "--priming-mode",
        "How each melody begins: by itself (the net draws the first event too), by a random note of the key, after one MIDI file, or after a random melody of a "
        + "corpus, each in whole bars; auto: as the files given suggest, else by itself where the net was taught to.",
        ("auto", null),
        ("start", PrimingMode.Start),
        ("random-note", PrimingMode.RandomNote), ("single-midi", PrimingMode.SingleMidi), ("random-midi", PrimingMode.RandomMidi));

    private readonly Option<string?> _primer = Make.Path("--midi-primer", "FILE", "The melody to go on from: .mid, MusicXML, .abc or .jsonl.");
    private readonly Option<string?> _corpus = Make.Path(
        "--training-data-path", "FILE", "The corpus to draw primers from: a .corpus, .jsonl or .tfrecord file of melodies, or a file of music.");

    public void AddTo(Command command)
    {
        _primer.Aliases.Add("--primer");
        command.Options.Add(_mode);
        command.Options.Add(_primer);
        command.Options.Add(_corpus);
    }

    /// <summary>What the options ask for.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="model">What is to hear it.</param>
    /// <param name="quirks">The published program always gives a note.</param>
    public BeginningPlan Plan(ParseResult parsed, NoteRnnModel model, Quirks quirks) => Limits.Checked(
        () => Beginnings.Plan(_mode.Read(parsed), parsed.GetValue(_primer), parsed.GetValue(_corpus), model, quirks));

    /// <summary>What the options ask for, ready to be heard.</summary>
    public IPrimer Primer(ParseResult parsed, NoteRnnModel model, Theory theory, Quirks quirks) =>
        Beginnings.Primer(Plan(parsed, model, quirks), model, theory, quirks, RunOptions.Surroundings);
}
