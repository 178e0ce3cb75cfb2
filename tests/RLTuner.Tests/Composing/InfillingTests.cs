using System.Collections.Immutable;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Composing;

/// <summary>Gaps are filled as the net would have, had it known what follows: by the probabilities of all ways there are.</summary>
public sealed class InfillingTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 4);

    private static readonly NoteRnnModel Net =
        new(RandomNets.Weights(new NoteRnnShape(4, [6], NoteRnnInputs.Parse("event bars-ago:1 bar end", 4)), 3, 2), Encoding) { KnowsBeginnings = true };

    [Theory]
    [InlineData("2 3 ? ? 1 2 0 3")]
    [InlineData("? ? 3 0 2 1 3")]
    [InlineData("2 ? 3 0 ? ? 2 3")]
    [InlineData("2 ? 3 ? 2 ? 3 ?")]
    [InlineData("2 0 ? ? 0 0 3 1")]
    [InlineData("2 1 0 ? ? 0 3 3")]
    [InlineData("3 2 0 ? ?")]
    public void Each_way_is_drawn_as_often_as_it_is_likely(string text) => AssertExact(new NoteRnnPolicy(Net, new(1, 4)), text, new Infilling(new NoteRnnPolicy(Net, new(1, 4)), Key.CMajor) { Tries = 96, Rounds = 1 });

    [Fact]
    public void Rounds_that_are_pooled_draw_as_one_does() => AssertExact(
        new NoteRnnPolicy(Net, new(1, 4)), "2 ? ? 3 1 2 ? 3", new Infilling(new NoteRnnPolicy(Net, new(1, 4)), Key.CMajor) { Tries = 24, Rounds = 4, Enough = 1e9 });

    [Fact]
    public void Of_a_policy_that_remembers_one_event_the_next_step_tells_all()
    {
        TablePolicy policy = new(Encoding, [.. Enumerable.Range(0, 4).Select(row => Enumerable.Range(0, 4).Select(column => (float)(((row * 3) + (column * 5)) % 7) / 2).ToArray())]);
        AssertExact(policy, "2 ? ? 3 0 1 2 ? 1 3", new Infilling(policy, Key.CMajor) { Tries = 96, Rounds = 1, LookAhead = 1 });
    }

    [Fact]
    public void What_stays_sounds_as_it_did_and_a_seed_gives_the_same()
    {
        NoteRnnPolicy policy = new(Net with { KnowsBeginnings = false });
        Melody melody = Melody.FromClasses([0, 2, 0, 0, 0, 3, 1, 0, 0, 2, 0, 0], Encoding);
        ImmutableArray<bool> stays = [.. "011100111011".Select(letter => letter == '1')];
        HashSet<string> found = [];
        for (ulong seed = 1; seed <= 40; seed++)
        {
            Infill filled = new Infilling(policy, Key.CMajor).Compose(melody, stays, seed);
            int[] now = Sounding(filled.Melody), then = Sounding(melody);
            Assert.All(Enumerable.Range(0, 12).Where(step => stays[step]), step => Assert.Equal(then[step], now[step]));
            Assert.All(Enumerable.Range(1, 11).Where(step => stays[step] && stays[step - 1]), step => Assert.Equal(melody.Events[step], filled.Melody.Events[step]));
            Assert.Equal(filled.Melody.ToString(), new Infilling(policy, Key.CMajor).Compose(melody, stays, seed).Melody.ToString());
            found.Add(filled.Melody.ToString());
        }

        Assert.True(found.Count > 5);
        Assert.All(found, text => Assert.True(text.StartsWith("C4", StringComparison.Ordinal), text));
        Infill whole = new Infilling(policy, Key.CMajor).Compose(melody, [.. stays.Select(_ => true)], 1);
        Assert.Equal(melody.ToString(), whole.Melody.ToString());
        Assert.Null(whole.Word);
    }

    [Fact]
    public void Tries_are_bounded_and_a_poor_choice_is_told()
    {
        // The lower note follows nearly always; what stays fits what follows a note off, which a few in a thousand tries have, and nothing else.
        float[] low = [-5, -1.6f, 5, -9];
        TablePolicy policy = new(Encoding, [low, [-9, -9, -9, 9], low, [-9, -9, -9, 9]]);
        Infilling infilling = new(policy, Key.CMajor) { Tries = 200, Rounds = 3 };
        Melody melody = Melody.FromClasses([2, 0, 0, 0, 3, 3, 3], Encoding);
        Infill[] filled = [.. Enumerable.Range(1, 20).Select(seed => infilling.Compose(melody, [true, false, false, false, true, true, true], (ulong)seed))];
        Assert.All(filled, fill => Assert.InRange(fill.Tries, 200, 600));
        Infill[] poor = [.. filled.Where(fill => fill.EffectiveTries < 4)];
        Assert.InRange(poor.Length, 5, 20);
        Assert.All(poor, fill => Assert.Contains($"of {fill.Tries} tries hardly any", fill.Word, StringComparison.Ordinal));
        Assert.All(poor, fill => Assert.Contains(MelodyEvent.NoteOff, fill.Melody.Events));
        Assert.All(filled.Except(poor), fill => Assert.Null(fill.Word));
        Infill open = infilling.Compose(melody, [true, false, false, false, false, false, false], 1);
        Assert.Equal(1, open.Tries);
        Assert.Null(open.Word);
        Assert.Throws<ArgumentException>(() => infilling.Compose(melody, [true], 1));
        Assert.Throws<ArgumentException>(() => infilling.Compose(new Melody([MelodyEvent.NoteOn(new Pitch(90))]), [false], 1));
    }

    private static void AssertExact(IPolicy policy, string text, Infilling infilling)
    {
        const int Draws = 3000;
        string[] words = text.Split(' ');
        Melody melody = Melody.FromClasses([.. words.Select(word => word == "?" ? 0 : word[0] - '0')], Encoding);
        ImmutableArray<bool> stays = [.. words.Select(word => word != "?")];

        // What a hold means where it follows a gap: what sounded there before.
        int[] sounding = Sounding(melody);
        int[] free = [.. Enumerable.Range(0, words.Length).Where(step => !stays[step])];
        List<Composition> ways = [];
        for (int way = 0; way < (int)Math.Pow(4, free.Length); way++)
        {
            int[] classes = melody.ToClasses(Encoding);
            int held = -1;
            for (int step = 0; step < classes.Length; step++)
            {
                int place = Array.IndexOf(free, step);
                classes[step] = place >= 0 ? way / (int)Math.Pow(4, place) % 4
                    : classes[step] == 0 && step > 0 && !stays[step - 1] && held != sounding[step] ? (sounding[step] < 0 ? 1 : sounding[step] - 58)
                    : classes[step];
                held = classes[step] == 0 ? held : classes[step] == 1 ? -1 : classes[step] + 58;
            }

            ways.Add(new Composition(Melody.FromClasses(classes, Encoding), []) { FirstIsGiven = !policy.KnowsBeginnings });
        }

        double[] likely = [.. Likelihood.LogProbabilities(policy, ways).Select(logs => Math.Exp(logs.Sum(log => (double)log)))];
        double all = likely.Sum();
        Dictionary<string, int> drawn = Enumerable.Range(1, Draws).Select(seed => infilling.Compose(melody, stays, (ulong)seed).Melody.ToString()).CountBy(way => way).ToDictionary();
        Assert.Subset(ways.Select(way => way.Melody.ToString()).ToHashSet(), drawn.Keys.ToHashSet());
        double chiSquare = 0, rareExpected = 0;
        int cells = 0, rare = 0;
        foreach ((Composition way, double p) in ways.Zip(likely, (way, p) => (way, p / all * Draws)))
        {
            int count = drawn.GetValueOrDefault(way.Melody.ToString());
            if (p < 5)
            {
                (rareExpected, rare) = (rareExpected + p, rare + count);
            }
            else
            {
                chiSquare += Math.Pow(count - p, 2) / p;
                cells++;
            }
        }

        chiSquare += rareExpected > 0 ? Math.Pow(rare - rareExpected, 2) / rareExpected : 0;
        Assert.True(cells >= 3 && chiSquare < cells + (4 * Math.Sqrt(2 * cells)) + 4, $"{text}: chi-square {chiSquare:F1} of {cells + 1} cells");
    }

    /// <summary>[step]: the MIDI number of the note that sounds, or -1.</summary>
    private static int[] Sounding(Melody melody)
    {
        int[] sounding = [.. Enumerable.Repeat(-1, melody.Events.Length)];
        foreach (MelodyNote note in melody.Notes())
        {
            Array.Fill(sounding, note.Pitch.MidiNumber, note.Start, note.Length);
        }

        return sounding;
    }
}
