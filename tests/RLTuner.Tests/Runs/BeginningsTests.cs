using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Runs;

/// <summary>Where in the bar melodies begin, by each way of priming.</summary>
public sealed class BeginningsTests : IDisposable
{
    private static readonly MelodyEncoding Encoding = MelodyEncoding.Default;

    private static readonly NoteRnnModel Net = new(RandomNets.Weights(new NoteRnnShape(38, [8]), 1), Encoding);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PrimingMode, string, bool> EveryWay()
    {
        TheoryData<PrimingMode, string, bool> data = [];
        foreach (string metre in (string[])["4/4", "3/4", "6/8", "7/16"])
        {
            data.Add(PrimingMode.Start, metre, true);
            foreach (PrimingMode mode in (PrimingMode[])[PrimingMode.RandomNote, PrimingMode.SingleMidi, PrimingMode.RandomMidi])
            {
                data.Add(mode, metre, true);
                data.Add(mode, metre, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void A_melody_begins_at_a_bar_line(PrimingMode mode, string metre, bool knowsBeginnings)
    {
        Theory theory = Theory.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, Key.Parse("G major"), TimeSignature.Parse(metre));
        int bar = theory.TimeSignature.StepsPerBar();
        Listener listener = new(Encoding, knowsBeginnings);
        IPrimer primer = Beginnings.Primer(Plan(mode), Net with { KnowsBeginnings = knowsBeginnings }, theory, Quirks.None, new RunEnvironment());
        Composition[] melodies = [.. new Composer(listener, primer).Compose(30, 24, seed: 1)];
        Assert.All(melodies, melody =>
        {
            Assert.Equal(24, melody.Melody.Events.Length);
            Assert.Equal(0, melody.Primer.Length % bar);
            Assert.Equal(mode is PrimingMode.SingleMidi or PrimingMode.RandomMidi, melody.Primer.Length > 0);
            Assert.Equal(mode == PrimingMode.RandomNote, melody.FirstIsGiven);
            Assert.True(mode != PrimingMode.RandomNote || theory.Key.Contains(melody.Melody.Events[0].Pitch));
        });
        Assert.Equal(mode == PrimingMode.RandomMidi, melodies.DistinctBy(melody => melody.Primer.Length).Count() > 1);

        // What the net is told agrees: one step after the other, and the first event that is heard stands at a bar line.
        Assert.All(Enumerable.Range(0, melodies.Length), row =>
        {
            int[] told = [.. listener.Positions.Select(positions => positions[row])];
            int first = knowsBeginnings ? -melodies[row].Primer.Length : 1 - melodies[row].Primer.Length;
            Assert.Equal(Enumerable.Range(first, told.Length), told);
        });
    }

    [Fact]
    public void The_published_program_takes_primers_as_they_are()
    {
        Theory theory = Theory.Of(RuleSetName.Magenta, RewardMode.MusicTheoryAll, Key.CMajor, TimeSignature.CommonTime);
        IPrimer Primer(PrimingMode mode) => Beginnings.Primer(Plan(mode), Net, theory, Quirks.Magenta, new RunEnvironment());
        Assert.Equal(5, Assert.Single(new Composer(new NoteRnnPolicy(Net), Primer(PrimingMode.SingleMidi)).Compose(1, 8, 1)).Primer.Length);
        IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(Net), Primer(PrimingMode.RandomNote)).Compose(1000, 2, 1);
        Assert.Equal(Enumerable.Range(0, 37), melodies.Select(melody => Assert.Single(melody.Primer)).Distinct().Order());
        Assert.All(melodies, melody => Assert.False(melody.FirstIsGiven));
    }

    [Fact]
    public void Where_nobody_says_a_net_begins_by_itself_if_it_was_taught_to()
    {
        Assert.Equal(PrimingMode.RandomNote, Beginnings.Usual(Net, Quirks.None).PrimingMode);
        Assert.Equal(PrimingMode.Start, Beginnings.Usual(Net with { KnowsBeginnings = true }, Quirks.None).PrimingMode);
        Assert.Equal(PrimingMode.RandomNote, Beginnings.Usual(Net with { KnowsBeginnings = true }, Quirks.Magenta).PrimingMode);
    }

    public void Dispose() => _folder.Dispose();

    private BeginningPlan Plan(PrimingMode mode)
    {
        Melody[] melodies = [.. ((int[])[5, 16, 23, 40]).Select(length => Melody.FromClasses([.. Enumerable.Range(0, length).Select(step => step % 2 == 0 ? 14 + step % 5 : 0)], Encoding))];
        string corpus = _folder.PathTo("corpus.jsonl"), midi = _folder.PathTo("primer.mid");
        MelodyJsonLines.Write(corpus, melodies, Encoding);
        MidiWriter.Write(midi, melodies[0]);
        return Beginnings.Plan(mode, midi, corpus, Net, Quirks.None);
    }

    /// <summary>Finds all events equally likely, and writes down which steps it was told of.</summary>
    private sealed class Listener(MelodyEncoding encoding, bool knowsBeginnings) : IPolicy, IPolicyRun
    {
        public List<int[]> Positions { get; } = [];

        public MelodyEncoding Encoding => encoding;

        public bool KnowsBeginnings => knowsBeginnings;

        public IPolicyRun Begin(int batch, ReadOnlySpan<int> lengths = default) => this;

        public void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default)
        {
            Positions.Add(positions.ToArray());
            logits.Clear();
        }

        public IPolicyRun Fork(ReadOnlySpan<int> rows) => this;
    }
}
