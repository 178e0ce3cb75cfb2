using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Tests.Evaluation;

public sealed class CopiedPassagesTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 7);

    [Theory]
    [InlineData("2 0 3 0 4 0 5 0", "6 0 3 0 4 0 5 0", 3)]
    [InlineData("2 0 3 0 4 0 5 0", "3 4 5", 0)]
    [InlineData("2 3 4 5", "0 0 2 3 4 5 0 0 0", 4)]
    [InlineData("2 3 4 5", "3 4 5 6", 3)]
    [InlineData("2 1 3 0 4", "2 0 3 1 4 1 1", 3)]
    [InlineData("2 2 2 2", "2 2 2", 3)]
    [InlineData("2 0 0 0", "2 0 0 0", 0)]
    [InlineData("0 0 1", "2 3", 0)]
    public void A_passage_is_notes_of_the_same_pitches_as_far_apart(string melody, string corpus, int notes) =>
        Assert.Equal([notes], CopiedPassages.Of([Of(melody)], [Of(corpus)]));

    [Fact]
    public void No_passage_reaches_from_one_melody_into_another() =>
        Assert.Equal([2, 2], CopiedPassages.Of([Of("2 3"), Of("4 5")], [Of("2 3 4 5")]));

    [Fact]
    public void The_longest_of_each_is_what_plain_search_finds()
    {
        RandomSource random = new(4, "passages");
        for (int trial = 0; trial < 400; trial++)
        {
            int classes = 3 + random.Next(5);
            Melody[] melodies = Melodies(1 + random.Next(6)), corpus = Melodies(random.Next(6));
            Assert.Equal(melodies.Select(melody => corpus.Select(tune => Longest(melody, tune)).DefaultIfEmpty().Max()), CopiedPassages.Of(melodies, corpus));

            Melody[] Melodies(int count) => [.. Enumerable.Range(0, count).Select(_ => Melody.FromClasses(
                [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(classes))], Encoding))];
        }
    }

    [Fact]
    public void The_figures_are_the_mean_and_the_longest()
    {
        IReadOnlyList<Figure> figures = CopiedPassages.Figures([0, 3, 6]);
        Assert.Equal([("copied_passage", 3.0), ("longest_copied_passage", 6.0)], figures.Select(figure => (figure.Name, figure.Value)));
        Assert.NotNull(figures[0].Interval);
    }

    [Fact]
    public void A_corpus_that_repeats_itself_for_ever_takes_no_longer()
    {
        // Where time grew with the square this would take hours.
        Melody monotone = Melody.FromClasses([.. Enumerable.Repeat(2, 300_000)], Encoding);
        Assert.Equal([300_000], CopiedPassages.Of([monotone], [monotone, monotone]));
    }

    private static int Longest(Melody melody, Melody tune)
    {
        MelodyNote[] a = [.. melody.Notes()], b = [.. tune.Notes()];
        int best = 0;
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                int length = 0;
                while (i + length < a.Length && j + length < b.Length && a[i + length].Pitch == b[j + length].Pitch
                    && a[i + length].Start - a[i].Start == b[j + length].Start - b[j].Start)
                {
                    length++;
                }

                best = Math.Max(best, length);
            }
        }

        return best > 1 ? best : 0;
    }

    private static Melody Of(string classes) => Melody.FromClasses([.. classes.Split(' ').Select(int.Parse)], Encoding);
}
