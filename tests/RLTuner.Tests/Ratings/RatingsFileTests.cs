using RLTuner.Music;
using RLTuner.Ratings;
using RLTuner.Scores;

namespace RLTuner.Tests.Ratings;

public sealed class RatingsFileTests
{
    private static readonly Melody Tune = MagentaMelody.Parse("[60, -2, 62, -1, 127, 0, -2]");

    [Fact]
    public void What_is_added_is_read_back()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("ratings.jsonl");
        Rating[] ratings =
        [
            Rated(RatedKind.Before, RatedKind.After, RatingChoice.B) with { Key = Key.Parse("Eb dorian"), TimeSignature = new(6, 8) },
            Rated(RatedKind.Tune, RatedKind.Run, RatingChoice.A),
            Rated(RatedKind.Net, RatedKind.Tune, RatingChoice.Same),
        ];
        foreach (Rating rating in ratings)
        {
            RatingsFile.Append(path, rating);
        }

        RatingsFile read = RatingsFile.Read(path);
        Assert.Empty(read.Damaged);
        Assert.Equal(ratings.Select(Text), read.Ratings.Select(Text));
        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.Equal(
            "{\"time\":\"2026-02-03T04:05:06Z\",\"choice\":\"a\",\"key\":\"C major\",\"timeSignature\":\"4/4\","
            + "\"a\":{\"kind\":\"tune\",\"name\":\"pg-1\",\"step\":7,\"events\":[60,-2,62,-1,127,0,-2]},\"b\":{\"kind\":\"run\",\"name\":\"pg-1\",\"step\":7,\"events\":[60,-2,62,-1,127,0,-2]}}",
            File.ReadAllLines(path)[1]);

        static string Text(Rating rating) =>
            $"{rating.Time:O} {rating.Choice} {rating.Key} {rating.TimeSignature} {rating.A} {rating.A.Kind} {rating.A.Step} {rating.A.Melody} {rating.B} {rating.B.Kind} {rating.B.Melody}";
    }

    [Fact]
    public void A_line_that_was_cut_short_spoils_no_other()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("ratings.jsonl");
        RatingsFile.Append(path, Rated(RatedKind.Before, RatedKind.After, RatingChoice.A));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            RatingsFile.Append(path, Rated(RatedKind.Before, RatedKind.After, RatingChoice.B));
            RatingsFile read = RatingsFile.Read(path);
            Assert.Equal(RatingChoice.B, read.Ratings[^1].Choice);

            // All but its end of line is a whole one.
            Assert.Equal(length == whole.Length - 1 ? 2 : 1, read.Ratings.Length);
            Assert.Equal(length == whole.Length - 1 ? [] : ["line 1: expected a JSON object, found something else"], read.Damaged);
        }
    }

    [Theory]
    [InlineData("\"choice\":\"a\"", "\"choice\":\"c\"", "\"choice\" to be one of a, b, same, found 'c'")]
    [InlineData("\"kind\":\"before\"", "\"kind\":\"0\"", "\"kind\" to be one of before, after, run, tune, net, found '0'")]
    [InlineData("[60,-2", "[128,-2", "'128'")]
    [InlineData("[60,-2", "[60.5,-2", "\"events\"")]
    [InlineData("C major", "H major", "expected a key")]
    [InlineData("4/4", "4/3", "4/3")]
    [InlineData("\"step\":7", "\"step\":-7", "\"step\"")]
    [InlineData("\"b\":", "\"c\":", "\"b\", found none")]
    [InlineData("2026-02-03T04:05:06Z", "yesterday", "\"time\"")]
    [InlineData("\"name\":\"pg-1\"", "\"name\":\"\\ud800\"", "JSON")]
    public void A_damaged_line_is_told_with_its_number_and_the_others_are_read(string was, string becomes, string word)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("ratings.jsonl");
        for (int i = 0; i < 3; i++)
        {
            RatingsFile.Append(path, Rated(RatedKind.Before, RatedKind.After, RatingChoice.A));
        }

        string[] lines = File.ReadAllLines(path);
        Assert.Contains(was, lines[1], StringComparison.Ordinal);
        lines[1] = lines[1].Replace(was, becomes, StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
        RatingsFile read = RatingsFile.Read(path);
        Assert.Equal(2, read.Ratings.Length);
        string damage = Assert.Single(read.Damaged);
        Assert.StartsWith("line 2: expected ", damage, StringComparison.Ordinal);
        Assert.Contains(word, damage, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_of_ratings_is_refused()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("an empty file", Refused([]), StringComparison.Ordinal);
        Assert.Contains("line 1: expected a JSON object", Refused("hello\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("more than 1000 lines", Refused([.. Enumerable.Repeat("x\n"u8.ToArray(), 2000).SelectMany(line => line)]), StringComparison.Ordinal);
        Assert.Contains("line 1: expected at most 1048576 characters", Refused(new byte[3 << 20]), StringComparison.Ordinal);

        string Refused(byte[] content)
        {
            string path = folder.PathTo("other");
            File.WriteAllBytes(path, content);
            return Assert.Throws<RatingFormatException>(() => RatingsFile.Read(path)).Message;
        }
    }

    private static Rating Rated(RatedKind a, RatedKind b, RatingChoice choice) => new(
        new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), new(a, "pg-1", 7, Tune), new(b, "pg-1", 7, Tune), Key.CMajor, TimeSignature.CommonTime, choice);
}
