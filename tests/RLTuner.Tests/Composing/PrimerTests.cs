using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Tests.Composing;

public sealed class PrimerTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 5);

    private readonly RandomSource _random = new(1, "priming");

    [Fact]
    public void A_random_note_is_any_class_of_those_allowed()
    {
        RandomNotePrimer primer = new(37);
        int[] counts = new int[38];
        for (int i = 0; i < 37_000; i++)
        {
            counts[primer.Draw(_random)[0]]++;
        }

        Assert.All(counts[..37], count => Assert.InRange(count, 840, 1170));
        Assert.Equal(0, counts[37]);
    }

    [Theory]
    [InlineData("C major", "2 4 6 7 9 11 13 14 16 18 19 21 23 25 26 28 30 31 33 35 37")]
    [InlineData("F# : 0, 5", "8 13 20 25 32 37")]
    public void A_first_note_is_any_of_the_key(string key, string classes)
    {
        FirstNotePrimer primer = new(MelodyEncoding.Default, Key.Parse(key));
        int[] expected = [.. classes.Split(' ').Select(int.Parse)];
        int[] counts = new int[38];
        for (int i = 0; i < 1000 * expected.Length; i++)
        {
            counts[Assert.Single(primer.Draw(_random).ToArray())]++;
        }

        Assert.Equal(expected, Enumerable.Range(0, 38).Where(number => counts[number] > 0));
        Assert.All(expected, number => Assert.InRange(counts[number], 870, 1130));
        Assert.True(primer.GivesFirst);
    }

    [Fact]
    public void A_key_without_a_note_in_the_range_is_an_error()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new FirstNotePrimer(Encoding, Key.Parse("F: 0")));
        Assert.Contains("within C4 to D4, found none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Melodies_are_drawn_evenly_and_empty_ones_never()
    {
        MelodyPrimer primer = new([Of(2), new Melody([]), Of(3, 0), Of(4, 1, 0)], Encoding);
        int[] counts = new int[4];
        for (int i = 0; i < 3000; i++)
        {
            counts[primer.Draw(_random).Length]++;
        }

        Assert.Equal(0, counts[0]);
        Assert.All(counts[1..], count => Assert.InRange(count, 870, 1130));
    }

    [Fact]
    public void A_single_melody_draws_no_random_number()
    {
        MelodyPrimer primer = new([Of(4, 1, 0)], Encoding);
        Assert.Equal([4, 1, 0], primer.Draw(_random).ToArray());
        Assert.Equal(new RandomSource(1, "priming").NextBits(), _random.NextBits());
    }

    [Fact]
    public void No_melody_to_prime_with_is_an_error()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new MelodyPrimer([], Encoding));
        Assert.Contains("at least one melody", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MelodyPrimer([new Melody([])], Encoding));
    }

    [Fact]
    public void A_primer_outside_the_nets_range_is_an_error_that_names_the_pitch()
    {
        Melody outside = new([MelodyEvent.Hold, MelodyEvent.NoteOn(new Pitch(62)), MelodyEvent.NoteOn(new Pitch(63))]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new MelodyPrimer([Of(2), outside], Encoding));
        string expected = $"expected a primer within {new Pitch(60)} to {new Pitch(62)}, found {new Pitch(63)}";
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Melody Of(params int[] classes) => Melody.FromClasses(classes, Encoding);
}
