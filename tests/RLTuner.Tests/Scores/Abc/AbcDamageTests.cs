using System.Diagnostics;
using System.Text;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Abc;

namespace RLTuner.Tests.Scores.Abc;

/// <summary>Files from strangers: whatever they hold, the answer is a score or the named error, soon.</summary>
public sealed class AbcDamageTests
{
    private const string Tune = """
        L:1/8
        X:1
        T:Test
        M:6/8
        Q:3/8=100
        P:A2B
        V:1 clef=treble-8 octave=1
        V:2
        K:Em ^d clef=bass
        P:A
        [V:1]|:"Em"e2e {ga}(3efg [M:3/4][EGB]3-|[EGB]2 d>c ^B<<A &E,,3|1 !trill!z3/2 x Z2:|2,3 _A__A=A:|
        w: la la la
        [V:2]|:E,3 z/ (5:4:5EFGAB|[K:D][L:1/16]F8-|[1F4:|[2-3F2||
        P:B
        V:1
        e4-|e2 "x"[1 d:| [2 c::A:|]
        V:2
        %%MIDI transpose -2
        A6||

        X:2
        K:HP
        M:C|
        C2 D E F G A B c|]
        """;

    private static readonly string[] Tokens =
    [
        "A", "b", "^c'", "__D,", "[CEG]", "[", "]", "2", "/", "//", "3/2", ">", "<<", "(3", "(5:3:", "-", "|", "|:", ":|", "::", "||", "|]", "[1", "[2,4",
        "|1-99", "&", "z", "Z9", "{", "}", "\"", "!x!", "[K:Eb]", "[M:3/4]", "[L:1/4]", "[V:2]", "[Q:1/4=100]", "\nK:D\n", "\nM:C|\n", "\nV:3 octave=1\n",
        "\nP:A\n", "\nw:la\n", "\\\n", "\n\n", "\nX:3\nP:A9(BA)9\nK:C\n", " ", "%", "99999", ":", ".", "é",
    ];

    [Fact]
    public void Every_cut_gives_a_score_or_the_named_error()
    {
        byte[] file = Encoding.UTF8.GetBytes(Tune);
        for (int length = 0; length < file.Length; length++)
        {
            Read(file.AsSpan(0, length));
        }
    }

    [Fact]
    public void Flipped_bytes_give_a_score_or_the_named_error() => Flip(seed: 1, cases: 3_000);

    [Fact]
    public void Soup_of_signs_gives_a_score_or_the_named_error() => Soup(seed: 1, cases: 3_000);

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_thousand_damaged_files_give_a_score_or_the_named_error()
    {
        Flip(seed: 2, cases: 50_000);
        Soup(seed: 2, cases: 50_000);
    }

    [Theory]
    [InlineData("A|")]
    [InlineData("[1")]
    [InlineData("|:A:|")]
    [InlineData("::")]
    [InlineData("[A")]
    [InlineData("A-")]
    [InlineData("A>")]
    [InlineData("(")]
    [InlineData("!A")]
    [InlineData("[\"1\"A")]
    [InlineData("[V:1]A[V:2]")]
    [InlineData("[K:G]")]
    [InlineData("[M:3/4]")]
    [InlineData("\nP:A\nA|\nP:B\n")]
    [InlineData("\nX:1\nK:C\nA\n")]
    [InlineData("\nM:3/4")]
    [InlineData("\n%%begintext\n")]
    [InlineData("Z9999")]
    public void A_large_file_is_read_in_time_linear_in_its_size(string sign)
    {
        string text = "X:1\nK:C\n" + string.Concat(Enumerable.Repeat(sign, (1 << 20) / sign.Length));
        long start = Stopwatch.GetTimestamp();
        Read(Encoding.UTF8.GetBytes(text));

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void A_large_chord_with_many_ties_is_read_in_time_linear_in_its_size()
    {
        long start = Stopwatch.GetTimestamp();
        Read(Encoding.UTF8.GetBytes($"X:1\nK:C\n[{new string('C', 1 << 19)}]{new string('-', 1 << 19)}"));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Theory]
    [InlineData("X:\n", "expected at most 131072 tunes")]
    [InlineData("X:1\nK:C\nA|", "expected a tune of at most")]
    public void What_no_collection_holds_is_refused(string start, string problem)
    {
        string text = start[0] == 'X' && start.Length == 3 ? string.Concat(Enumerable.Repeat(start, 200_000)) : start + new string('|', 3 << 20);
        AbcFormatException error = Assert.Throws<AbcFormatException>(() => AbcReader.Read(AbcFile.Read(Encoding.UTF8.GetBytes(text), "large.abc")[0]));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("K:C octave=-2147483648")]
    [InlineData("K:C transpose=-2147483648")]
    [InlineData("%%MIDI transpose -2147483648\nK:C")]
    public void The_least_of_all_numbers_is_passed_over(string field)
    {
        Score score = AbcReader.Read(AbcFile.Read(Encoding.UTF8.GetBytes($"X:1\n{field}\nA"), "least.abc")[0]);
        Assert.Equal("A", AbcText.Letters(score));
        Assert.Single(score.Remarks);
    }

    [Theory]
    [InlineData("M:")]
    [InlineData("L:")]
    [InlineData("Q:1/4=")]
    [InlineData("P:)")]
    [InlineData("K:C octave=")]
    [InlineData("%%MIDI transpose ")]
    public void Remarks_quote_no_more_than_the_start_of_a_value(string field)
    {
        IReadOnlyList<AbcTune> tunes = AbcFile.Read(Encoding.UTF8.GetBytes($"X:1\n{field}{new string('x', 1 << 20)}\nK:C\nA"), "long.abc");
        Remark remark = Assert.Single(AbcReader.Read(tunes[0]).Remarks);
        Assert.Contains("expected", remark.Problem, StringComparison.Ordinal);
        Assert.InRange(remark.ToString().Length, 0, 300);
    }

    [Theory]
    [InlineData('M', 'x')]
    [InlineData('L', 'x')]
    [InlineData('Q', '"')]
    public void A_long_line_that_every_tune_would_read_again_is_refused(char field, char sign)
    {
        string tunes = string.Concat(Enumerable.Repeat("X:\n", 4_000));
        byte[] file = Encoding.UTF8.GetBytes($"{field}:{new string(sign, 1 << 20)}\n{tunes}");
        AbcFormatException error = Assert.Throws<AbcFormatException>(() => AbcFile.Read(file, "long.abc"));
        Assert.StartsWith("long.abc, line 1: expected a line of at most 1000 characters", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C-", 100_000)]
    [InlineData("[K:C][K:D]", 10_000)]
    [InlineData("[M:3/4][M:4/4]", 10_000)]
    [InlineData("[Q:60][Q:61]", 10_000)]
    public void A_full_bar_with_many_repeats_is_refused(string content, int count)
    {
        string bar = $"C{string.Concat(Enumerable.Repeat(content, count))}{new string(':', 98)}|";
        AbcTune tune = AbcFile.Read(Encoding.UTF8.GetBytes($"X:1\nP:A1000\nK:C\nP:A\n{bar}\n"), "full.abc")[0];
        long start = Stopwatch.GetTimestamp();
        AbcFormatException error = Assert.Throws<AbcFormatException>(() => AbcReader.Read(tune));
        Assert.Contains("bars, notes and fields with all repeats", error.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void A_part_that_is_played_often_is_looked_through_once()
    {
        string bars = string.Concat(Enumerable.Repeat("C|", 20_000));
        AbcTune tune = AbcFile.Read(Encoding.UTF8.GetBytes($"X:1\nP:A1000\nK:C\nP:A\n[2 {bars}\n"), "parts.abc")[0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(AbcReader.Read(tune).Notes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData("A|", 1_000_000)]
    [InlineData("A|", 240_000)]
    [InlineData("|:C:|", 60_000)]
    [InlineData("C::::::::::|", 25_000)]
    [InlineData("[K:C]|", 200_000)]
    [InlineData("[1A|", 200_000)]
    [InlineData("A", 450_000)]
    public void Memory_stays_within_a_multiple_of_the_file(string bar, int count)
    {
        byte[] file = Encoding.UTF8.GetBytes($"X:1\nK:C\n{string.Concat(Enumerable.Repeat(bar, count))}");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{bar}: {allocated:N0} bytes for {file.Length:N0}");
        Assert.InRange(allocated, 0, (64L << 20) + (1_500L * file.Length));
    }

    private static void Flip(ulong seed, int cases)
    {
        RandomSource random = new(seed, "flip");
        int read = 0;
        for (int i = 0; i < cases; i++)
        {
            byte[] file = Encoding.UTF8.GetBytes(Tune);
            for (int changes = 1 + random.Next(5); changes > 0; changes--)
            {
                file[random.Next(file.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(32 + random.Next(95));
            }

            read += Read(file);
        }

        Assert.InRange(read, cases / 10, 2 * cases);
    }

    private static void Soup(ulong seed, int cases)
    {
        RandomSource random = new(seed, "soup");
        int read = 0;
        for (int i = 0; i < cases; i++)
        {
            StringBuilder text = new("X:1\nP:A3B\nK:C\n");
            for (int count = random.Next(60); count > 0; count--)
            {
                text.Append(Tokens[random.Next(Tokens.Length)]);
            }

            read += Read(Encoding.UTF8.GetBytes(text.ToString()));
        }

        Assert.InRange(read, cases / 20, 60 * cases);
    }

    /// <summary>How many tunes of the file can be read; all others, and the file, must give the named error.</summary>
    private static int Read(ReadOnlySpan<byte> file)
    {
        IReadOnlyList<AbcTune> tunes;
        try
        {
            tunes = AbcFile.Read(file, "damaged.abc");
        }
        catch (AbcFormatException error)
        {
            Assert.Contains("expected", error.Message, StringComparison.Ordinal);
            return 0;
        }

        int read = 0;
        foreach (AbcTune tune in tunes)
        {
            try
            {
                AssertSound(AbcReader.Read(tune));
                read++;
            }
            catch (AbcFormatException error)
            {
                Assert.Contains("expected", error.Message, StringComparison.Ordinal);
            }
        }

        return read;
    }

    private static void AssertSound(Score score)
    {
        foreach (ScoreNote note in score.Notes)
        {
            bool sound = note.Start >= 0 && note.End > note.Start && note.Pitch.MidiNumber is >= 0 and <= 127
                && note.Instrument >= 0 && note.Instrument < score.Instruments.Length;
            Assert.True(sound, note.ToString());
        }
    }
}
