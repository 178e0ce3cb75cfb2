using System.CommandLine;
using System.Security.Cryptography;
using RLTuner.Composing;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Cli.Options;

/// <summary>What is heard before each melody.</summary>
internal sealed class PrimingOptions
{
    private readonly ChoiceOption<PrimingMode?> _mode = new(
        "--priming-mode",
        "What is heard before each melody: a random note, one MIDI file, or a random melody of a corpus; auto: what the files given suggest.",
        ("auto", null),
        ("random-note", PrimingMode.RandomNote), ("single-midi", PrimingMode.SingleMidi), ("random-midi", PrimingMode.RandomMidi));

    private readonly Option<string?> _primer = Make.Path("--midi-primer", "FILE", "The melody to prime with: .mid, MusicXML, .abc or .jsonl.");
    private readonly Option<string?> _corpus = Make.Path(
        "--training-data-path", "FILE", "The corpus to draw primers from: a .corpus, .jsonl or .tfrecord file of melodies, or a file of music.");

    public void AddTo(Command command)
    {
        command.Options.Add(_mode);
        command.Options.Add(_primer);
        command.Options.Add(_corpus);
    }

    public Priming Read(ParseResult parsed, NoteRnnModel model, Theory theory)
    {
        string? file = parsed.GetValue(_primer), corpus = parsed.GetValue(_corpus);
        PrimingMode mode = _mode.Read(parsed)
            ?? (file is not null ? PrimingMode.SingleMidi : corpus is not null ? PrimingMode.RandomMidi : PrimingMode.RandomNote);
        return mode switch
        {
            PrimingMode.RandomNote => RandomNote(model, theory),
            PrimingMode.SingleMidi => FromFile(mode, file, "--midi-primer", model, theory, onlyFirst: true),
            _ => FromFile(mode, corpus, "--training-data-path", model, theory, onlyFirst: false),
        };
    }

    /// <summary>As a run was started.</summary>
    public static Priming Of(RunOptions run, NoteRnnModel model, Theory theory)
    {
        (PrimingMode mode, string option) = run.PrimingMode switch
        {
            "random-note" => (PrimingMode.RandomNote, ""),
            "single-midi" => (PrimingMode.SingleMidi, "--midi-primer"),
            _ => (PrimingMode.RandomMidi, "--training-data-path"),
        };
        if (mode == PrimingMode.RandomNote)
        {
            return RandomNote(model, theory);
        }

        Priming priming = FromFile(mode, run.Primer, option, model, theory, onlyFirst: mode == PrimingMode.SingleMidi);
        return run.PrimerSha256 is null || run.PrimerSha256 == priming.Sha256
            ? priming
            : throw new UsageException($"{run.Primer}: expected the primers that the run was started with, found other content. Bring the file back, or start a new run.");
    }

    private static Priming RandomNote(NoteRnnModel model, Theory theory) => new(

        // The original never draws the highest note.
        PrimingMode.RandomNote, null, new RandomNotePrimer(model.Encoding.ClassCount - (theory.Compatibility == Compatibility.Magenta ? 1 : 0)));

    private static Priming FromFile(PrimingMode mode, string? path, string option, NoteRnnModel model, Theory theory, bool onlyFirst)
    {
        if (path is null)
        {
            throw new UsageException($"--priming-mode {(onlyFirst ? "single-midi" : "random-midi")}: expected a file by {option}, found none");
        }

        // The original takes primers as they are; ours are moved into the model's range and the key.
        IEnumerable<Melody> melodies = theory.Compatibility == Compatibility.Magenta
            ? MelodySources.Read(path, model.Encoding, theory.Compatibility)
            : MelodySources.ReadPrimer(path, model.Encoding).Select(new KeyTransposer(model.Encoding, theory.Key).Transpose);
        return new Priming(mode, path, new MelodyPrimer(onlyFirst ? melodies.Take(1) : melodies, model.Encoding));
    }
}

/// <summary>Where primers come from.</summary>
internal enum PrimingMode
{
    RandomNote,
    SingleMidi,
    RandomMidi,
}

/// <summary>A primer and what it was made of.</summary>
internal sealed record Priming(PrimingMode Mode, string? File, IPrimer Primer)
{
    /// <summary>SHA-256 of the file, in lower-case hex.</summary>
    public string? Sha256 { get; } = File is null ? null : Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File)));

    public string Word => Mode switch { PrimingMode.RandomNote => "random-note", PrimingMode.SingleMidi => "single-midi", _ => "random-midi" };
}
