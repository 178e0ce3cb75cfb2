using System.Security.Cryptography;
using RLTuner.Composing;
using RLTuner.Corpus;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;

namespace RLTuner.Runs;

/// <summary>Makes what is heard before each melody.</summary>
public static class Beginnings
{
    /// <summary>Describes a beginning, and notes what its file holds now.</summary>
    /// <param name="mode">Where it comes from; null for what the files suggest, and without files for the usual.</param>
    /// <param name="melody">The file of a melody to go on from, if one is named.</param>
    /// <param name="corpus">The file of melodies to draw from, if one is named.</param>
    /// <param name="net">What is to compose.</param>
    /// <param name="quirks">The published program always gives a note.</param>
    /// <exception cref="ArgumentException">The mode needs a file that is not named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BeginningPlan Plan(PrimingMode? mode, string? melody, string? corpus, NoteRnnModel net, Quirks quirks)
    {
        PrimingMode chosen = mode
            ?? (melody is not null ? PrimingMode.SingleMidi : corpus is not null ? PrimingMode.RandomMidi : Usual(net, quirks).PrimingMode);
        string? file = chosen switch
        {
            PrimingMode.SingleMidi => melody ?? throw Missing("single-midi", RunValue.MidiPrimer),
            PrimingMode.RandomMidi => corpus ?? throw Missing("random-midi", RunValue.TrainingDataPath),
            _ => null,
        };
        return new() { PrimingMode = chosen, Primer = file, PrimerSha256 = file is null ? null : HashOf(file) };
    }

    /// <summary>How melodies begin where nobody says: by themselves, if the net was taught to and begins at the bar line; else by a note.</summary>
    /// <param name="net">What is to compose.</param>
    /// <param name="quirks">The published program always gives a note.</param>
    public static BeginningPlan Usual(NoteRnnModel net, Quirks quirks)
    {
        ArgumentNullException.ThrowIfNull(net);
        return new() { PrimingMode = net.KnowsBeginnings && !quirks.Has(Quirks.BeginsOffTheBeat) ? PrimingMode.Start : PrimingMode.RandomNote };
    }

    /// <summary>Makes the primer.</summary>
    /// <param name="plan">What is heard.</param>
    /// <param name="net">What is to hear it.</param>
    /// <param name="theory">Its key is that of first notes, and the one that primers are moved into; its bars are those that they fill.</param>
    /// <param name="quirks">The original takes primers as they are, and a random event that is never the highest and no part of the melody.</param>
    /// <param name="environment">Reads files.</param>
    /// <exception cref="ArgumentException">The net was not taught how melodies begin, and is to begin by itself.</exception>
    /// <exception cref="InvalidDataException">The file is not the one that the plan was made of.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IPrimer Primer(BeginningPlan plan, NoteRnnModel net, Theory theory, Quirks quirks, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(theory);
        ArgumentNullException.ThrowIfNull(environment);
        MelodyEncoding encoding = net.Encoding;
        if (plan.PrimingMode == PrimingMode.Start)
        {
            return net.KnowsBeginnings
                ? new NoPrimer()
                : throw new ArgumentException("priming-mode: expected a net that was taught how melodies begin, found one that was not (take random-note)");
        }

        if (plan.Primer is not { } named)
        {
            return quirks.Has(Quirks.BeginsOffTheBeat)
                ? new RandomNotePrimer(encoding.ClassCount - (quirks.Has(Quirks.NeverDrawsHighest) ? 1 : 0))
                : new FirstNotePrimer(encoding, theory.Key);
        }

        string file = environment.Locate(named);
        if (plan.PrimerSha256 is { } expected && expected != HashOf(file))
        {
            throw new InvalidDataException($"{file}: expected the primers that the run was started with, found other content (bring the file back, or start a new run)");
        }

        IEnumerable<Melody> melodies = quirks.Has(Quirks.GoesOnFromOwnGuess)
            ? environment.ReadMelodies(file, encoding)
            : environment.ReadPrimers(file, encoding).Select(new KeyTransposer(encoding, theory.Key).Transpose);
        if (!quirks.Has(Quirks.BeginsOffTheBeat))
        {
            melodies = melodies.Select(melody => melody.ToWholeBars(theory.TimeSignature.StepsPerBar()));
        }

        return new MelodyPrimer(plan.PrimingMode == PrimingMode.SingleMidi ? melodies.Take(1) : melodies, encoding);
    }

    private static ArgumentException Missing(string mode, string file) => new($"priming-mode {mode}: expected a file by {file}, found none");

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(RegularFile.ReadAllBytes(file)));
}
