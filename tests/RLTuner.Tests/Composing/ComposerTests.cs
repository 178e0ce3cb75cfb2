using System.Globalization;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Composing;

public sealed class ComposerTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 5);

    private static readonly NoteRnnModel Net = new(RandomNets.Weights(new NoteRnnShape(5, [8]), 3), Encoding);

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Each_event_follows_the_policy_at_the_temperature(double temperature)
    {
        float[][] table =
            [.. Enumerable.Range(0, 5).Select(row => Enumerable.Range(0, 5).Select(column => (row * 3 % 5) - (0.7f * column)).ToArray())];
        table[2][3] = float.NegativeInfinity;
        table[4] = [0, 0, 3, 0, 0];
        int[,] counts = new int[5, 5];
        Composer composer = new(new TablePolicy(Encoding, table), new RandomNotePrimer(5));
        foreach (Composition composition in composer.Compose(1500, 40, 1, new Sampling { Temperature = temperature }))
        {
            int last = composition.Primer[^1];
            foreach (int next in composition.Melody.ToClasses(Encoding))
            {
                counts[last, next]++;
                last = next;
            }
        }

        for (int row = 0; row < 5; row++)
        {
            double total = Enumerable.Range(0, 5).Sum(column => counts[row, column]);
            double normaliser = table[row].Sum(logit => Math.Exp(logit / temperature));
            double chiSquare = 0;
            for (int column = 0; column < 5; column++)
            {
                double expected = total * Math.Exp(table[row][column] / temperature) / normaliser;
                chiSquare += expected > 0 ? Math.Pow(counts[row, column] - expected, 2) / expected : counts[row, column];
            }

            // Four degrees of freedom: 23.5 is exceeded once in ten thousand.
            Assert.True(total > 300 && chiSquare < 23.5, $"after {row}: {total} events, chi-square {chiSquare}");
        }
    }

    [Fact]
    public void Random_primes_are_uniform()
    {
        IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(Net), new RandomNotePrimer(5)).Compose(5000, 1, 7);
        Assert.All(melodies, melody => Assert.Single(melody.Primer));
        Assert.All(melodies.CountBy(melody => melody.Primer[0]), prime => Assert.InRange(prime.Value, 870, 1130));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 0.6)]
    public void Each_melody_is_what_a_net_alone_composes_from_its_own_stream_and_primer(bool hasPrior, double temperature)
    {
        NoteRnnModel net = hasPrior ? Net with { Prior = RandomNets.Weights(Net.Shape, 4) } : Net;
        int[][] primers = [[3], [2, 0, 4, 4, 1, 0, 0], [1, 2]];
        MelodyPrimer primer = new(primers.Select(classes => Melody.FromClasses(classes, Encoding)), Encoding);
        IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(net), primer).Compose(300, 9, 11, new Sampling { Temperature = temperature });
        Assert.Equal(300, melodies.Count);
        for (int k = 0; k < melodies.Count; k++)
        {
            RandomSource random = new(11, string.Create(CultureInfo.InvariantCulture, $"melody {k}"));
            int[] heard = primers[random.Next(3)];
            Assert.Equal(heard, melodies[k].Primer);
            Assert.Equal(Alone(net, heard, 9, random, temperature), melodies[k].Melody.ToClasses(Encoding));
        }
    }

    [Fact]
    public void A_melody_is_the_same_however_many_are_asked_for()
    {
        Composer composer = new(new NoteRnnPolicy(Net), new RandomNotePrimer(5));
        string[] many = [.. composer.Compose(300, 12, 3).Select(TextOf)];
        Assert.Equal(many[..1], composer.Compose(1, 12, 3).Select(TextOf));
        Assert.Equal(many[..129], composer.Compose(129, 12, 3).Select(TextOf));
        Assert.NotEqual(many, composer.Compose(300, 12, 4).Select(TextOf));
        Assert.True(many.Distinct().Count() > 290);
        Assert.Empty(composer.Compose(0, 12, 3));

        static string TextOf(Composition composition) => $"{composition.Primer[0]} | {composition.Melody}";
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Composer composer = new(new NoteRnnPolicy(Net), new RandomNotePrimer(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => composer.Compose(-1, 8, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => composer.Compose(1, 0, 1));
        Assert.Throws<ArgumentException>(() => composer.Compose(1, 8, 1, new Sampling { Temperature = 0 }));
    }

    private static int[] Alone(NoteRnnModel net, int[] primer, int length, RandomSource random, double temperature)
    {
        NoteRnnRun run = new(net.Weights, 1);
        NoteRnnRun? prior = net.Prior is null ? null : new(net.Prior, 1);
        List<int> heard = [.. primer];
        float[] logits = new float[5], priorLogits = new float[5];
        for (int i = 0; heard.Count < primer.Length + length; i++)
        {
            run.Read([heard[i]], logits);
            prior?.Read([heard[i]], priorLogits);
            if (i >= primer.Length - 1)
            {
                float[] scores = [.. logits.Zip(priorLogits, (a, b) => (a + b) / (float)temperature)];
                heard.Add(Softmax.Sample(scores, random, new float[5]));
            }
        }

        return [.. heard[primer.Length..]];
    }
}
