using System.Collections.Immutable;
using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Scores;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Nets;

namespace RLTuner.Studio.Melodies;

/// <summary>A net that composes in the key and metre that a page asks for. Nets play in a key of their own, C major or their run's; what they hear and play is moved.</summary>
internal sealed class HeardNet
{
    /// <summary>Longer melodies are filled in fewer rounds, so that the page waits a second at most.</summary>
    private const int MostFilled = 4096;

    private readonly Key _own;
    private readonly Quirks _quirks;
    private readonly int _up;

    private HeardNet(NoteRnnModel model, RunPlan? plan, Key? key, TimeSignature? metre)
    {
        Model = model;
        _quirks = plan?.Quirks ?? Quirks.None;
        _own = plan is null ? Key.CMajor : Key.Parse(plan.Theory.Key);
        Key = key ?? _own;
        Metre = metre ?? (plan is null ? TimeSignature.CommonTime : TimeSignature.Parse(plan.Theory.TimeSignature));
        UsualLength = plan?.NumNotesInMelody ?? 2 * Metre.StepsPerBar();
        _up = KeySignature.SemitonesBetween(_own, Key);
    }

    /// <summary>The net.</summary>
    public NoteRnnModel Model { get; }

    /// <summary>The key of what is heard.</summary>
    public Key Key { get; }

    /// <summary>The metre.</summary>
    public TimeSignature Metre { get; }

    /// <summary>The length that it was tuned for; two bars where it was not.</summary>
    public int UsualLength { get; }

    /// <summary>Asked about melodies in the net's own key.</summary>
    public NoteRnnPolicy Policy => new(Model, Metre);

    /// <summary>Whether a melody's first event has to be given.</summary>
    public bool NeedsFirst => !Model.KnowsBeginnings;

    /// <summary>Finds the net of a source; key and metre are those of its run where the page names none.</summary>
    public static HeardNet Of(Studio studio, Source? source, string? key, string? timeSignature)
    {
        Source named = source ?? new Source(ShippedNoteRnn.Shipped);
        NoteRnnModel model = studio.Nets.NetOf(named);
        RunPlan? plan = (studio.Queue.Find(named.Run ?? named.Net ?? "") as TuneJob)?.Plan;
        return new HeardNet(model, plan, key is null ? null : Key.Parse(key), timeSignature is null ? null : TimeSignature.Parse(timeSignature));
    }

    /// <summary>Composes melodies; also says how many first steps of each were not the net's.</summary>
    public (ImmutableArray<Melody> Melodies, int Given) Compose(int count, int length, ulong seed, Sampling sampling)
    {
        Theory theory = Theory.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, _own, Metre);
        IPrimer primer = Beginnings.Primer(Beginnings.Usual(Model, _quirks), Model, theory, _quirks, new RunEnvironment());
        IReadOnlyList<Composition> composed = new Composer(Policy, primer).Compose(count, length, seed, sampling);
        return ([.. composed.Select(composition => FromNet(composition.Melody))], composed.Any(composition => composition.FirstIsGiven) ? 1 : 0);
    }

    /// <summary>Composes the steps of a melody that do not stay.</summary>
    public Infill Fill(Melody melody, ImmutableArray<bool> stays, ulong seed, Sampling? sampling = null)
    {
        Infilling infilling = new(Policy, _own) { Rounds = Math.Clamp(MostFilled / melody.Events.Length, 1, Infilling.UsualRounds) };
        Infill filled = infilling.Compose(ToNet(melody), stays, seed, sampling);
        return filled with { Melody = FromNet(filled.Melody) };
    }

    /// <summary>A melody and so many steps more.</summary>
    public Melody Continue(Melody melody, int steps, ulong seed, Sampling? sampling = null)
    {
        int given = melody.Events.Length;
        return Fill(
            new Melody([.. melody.Events, .. Enumerable.Repeat(MelodyEvent.Hold, steps)]),
            [.. Enumerable.Range(0, given + steps).Select(step => step < given)],
            seed,
            sampling).Melody;
    }

    /// <summary>How likely the net found each event at each step; null where it does not know a pitch.</summary>
    public NoteProbabilities? Expectations(Melody melody)
    {
        Melody moved = ToNet(melody);
        return moved.Events.All(Model.Encoding.Contains)
            ? NoteProbabilities.Of(Policy, new Composition(moved, []) { FirstIsGiven = NeedsFirst }, 1, melody.Events.Length)
            : null;
    }

    /// <summary>[classes]: what each class number is in the key of what is heard; null beyond MIDI.</summary>
    public ImmutableArray<int?> Events =>
    [
        .. Enumerable.Range(0, Model.Encoding.ClassCount).Select(Model.Encoding.EventOf).Select(played =>
            !played.StartsNote ? (played.IsHold ? -2 : -1) : played.Pitch.MidiNumber + _up is >= 0 and <= 127 and var pitch ? pitch : (int?)null),
    ];

    private Melody FromNet(Melody melody) => melody.Transposed(_up);

    private Melody ToNet(Melody melody) => melody.Transposed(-_up);
}
