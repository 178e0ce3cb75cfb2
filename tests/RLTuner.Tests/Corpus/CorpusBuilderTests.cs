using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Corpus.Reading;

namespace RLTuner.Tests.Corpus;

public sealed class CorpusBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.05, 2)]
    [InlineData(0.2, 8)]
    [InlineData(0.5, 20)]
    [InlineData(0.001, 1)]
    [InlineData(0, 0)]
    public void The_share_of_pieces_is_held_out_whole_and_the_same_every_time(double share, int pieces)
    {
        // Two melodies a piece.
        for (int i = 0; i < 40; i++)
        {
            WriteTwo($"tune-{i:00}.jsonl", i);
        }

        CorpusOptions options = new() { Validation = share };
        MelodyCorpus corpus = Build(options).Corpus;
        string[] held = [.. corpus.Validation.Select(melody => melody.Piece).Distinct()];

        Assert.Equal(pieces, held.Length);
        Assert.Equal(2 * pieces, corpus.Validation.Length);
        Assert.Equal(80, corpus.Training.Length + corpus.Validation.Length);
        Assert.Empty(corpus.Training.Select(melody => melody.Piece).Intersect(held));
        Assert.Equal(corpus.Training.Select(melody => melody.Piece), Build(options).Corpus.Training.Select(melody => melody.Piece));
        if (pieces > 1)
        {
            Assert.NotEqual(held, Build(options with { Seed = 2 }).Corpus.Validation.Select(melody => melody.Piece).Distinct());
        }
    }

    [Fact]
    public void Of_duplicates_the_first_by_name_stays()
    {
        Write("c.mid", MadeTunes.Midi(1, 5));
        Write("b.mid", MadeTunes.Midi(2));
        Write("a.mid", MadeTunes.Midi(1));

        BuiltCorpus built = Build(new CorpusOptions { Validation = 0 });

        Assert.Equal(["a.mid", "b.mid"], built.Corpus.Training.Select(melody => Path.GetFileName(melody.Piece)));
        Rejection duplicate = built.Report.Rejections.Single();
        Assert.Equal(RejectionReason.Duplicate, duplicate.Reason);
        Assert.EndsWith("a.mid", duplicate.Detail, StringComparison.Ordinal);
        Assert.Equal(3, Build(new CorpusOptions { Validation = 0, KeepDuplicates = true }).Corpus.Training.Length);
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        for (int i = 0; i < 200; i++)
        {
            Write($"{i % 7}/tune-{i}.mid", MadeTunes.Midi(i));
        }

        byte[][] files = [.. Enumerable.Range(0, 3).Select(i =>
        {
            using TemporaryFolder output = new();
            CorpusFile.Save(Build(new CorpusOptions()).Corpus, output.PathTo("a.corpus"));
            return File.ReadAllBytes(output.PathTo("a.corpus"));
        })];

        Assert.Equal(files[0], files[1]);
        Assert.Equal(files[0], files[2]);
    }

    [Fact]
    public void Copies_for_learning_are_those_that_fit_the_range()
    {
        Write("a.mid", MadeTunes.Midi(1));
        Write("b.mid", MadeTunes.Midi(2));

        MelodyCorpus corpus = Build(new CorpusOptions { Validation = 0.5, Transpositions = [-2, 24] }).Corpus;

        Assert.Equal(2, corpus.Training.Length);
        Assert.Single(corpus.Validation);
        Assert.Equal(
            corpus.Training[0].Melody.Notes().Select(note => note.Pitch.MidiNumber - 2),
            corpus.Training[1].Melody.Notes().Select(note => note.Pitch.MidiNumber));
    }

    [Theory]
    [InlineData(KeyChoice.Signature)]
    [InlineData(KeyChoice.None)]
    public void Melodies_that_were_moved_are_not_moved_again(KeyChoice key)
    {
        CorpusMelody moved = new("a", MadeTunes.Tune(1)) { Sharps = 2 };
        WriteCorpus("a.corpus", 4, moved);

        Assert.Equal(moved.Melody.Events, Build(new CorpusOptions { Key = key }).Corpus.Training.Single().Melody.Events);
    }

    [Fact]
    public void Melodies_on_another_grid_are_left_out()
    {
        WriteCorpus("a.corpus", 12, new CorpusMelody("a", MadeTunes.Tune(1)));

        Assert.Contains("expected melodies of 4 steps a quarter", Build(new CorpusOptions()).Report.Rejections.Single().Detail, StringComparison.Ordinal);
        Assert.Single(Build(new CorpusOptions { StepsPerQuarter = 12 }).Corpus.Training);
    }

    [Fact]
    public void A_bad_line_of_melodies_leaves_those_before_it_and_silence_is_left_out()
    {
        Write("a.jsonl", "{\"events\":[14,0,16]}\n{\"events\":[]}\n{\"events\":[0,1]}\nno JSON\n{\"events\":[15]}\n"u8.ToArray());

        BuiltCorpus built = Build(new CorpusOptions());

        Assert.Single(built.Corpus.Training);
        Assert.Equal(2, built.Report.Rejected(RejectionReason.NoNotes));
        Assert.Contains("line 4", built.Report.Rejections.Single(rejection => rejection.Reason == RejectionReason.Unreadable).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_is_a_line_in_the_report_and_no_end()
    {
        Write("a.mid", MadeTunes.Midi(1));
        Write("b.mid", [1, 2, 3]);
        Write("c.mid", []);
        Write("d.txt", [1]);
        Write(".hidden.mid", MadeTunes.Midi(2));

        BuiltCorpus built = Build(new CorpusOptions());

        Assert.Single(built.Corpus.Training);
        Assert.Equal(3, built.Report.FilesByFormat["MIDI"]);
        Assert.Equal(1, built.Report.FilesNotMusic[".txt"]);
        Assert.Equal(2, built.Report.Rejected(RejectionReason.Unreadable));
    }

    [Fact]
    public void A_reader_that_throws_what_it_should_not_costs_only_its_file()
    {
        Write("a.mid", MadeTunes.Midi(1));
        Write("b.odd", [1]);
        MusicFormat odd = new("odd", [".odd"], 100, (_, _, _) => throw new InvalidOperationException("odd"));

        BuiltCorpus built = new CorpusBuilder(new CorpusOptions(), [.. MusicFormat.Known, odd]).Build([_folder.Path], stop: TestContext.Current.CancellationToken);

        Assert.Single(built.Corpus.Training);
        Assert.Contains("please report it", built.Report.Rejections.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_named_as_the_command_names_them()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new CorpusBuilder(new CorpusOptions { Validation = 1 }));
        Assert.StartsWith("validation: expected", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CorpusOptions { Transpositions = [2, 2] }.Validated());
        Assert.Throws<ArgumentException>(() => new CorpusOptions { MaxOffGrid = double.NaN }.Validated());
        Assert.ThrowsAny<IOException>(() => Build(new CorpusOptions(), "absent"));
    }

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathTo(name))!);
        File.WriteAllBytes(_folder.PathTo(name), bytes);
    }

    private void WriteTwo(string name, int number)
    {
        CorpusMelody[] two = [new(name, MadeTunes.Tune(2 * number)), new(name, MadeTunes.Tune((2 * number) + 1))];
        WriteCorpus(name, 4, two);
    }

    private void WriteCorpus(string name, int stepsPerQuarter, params CorpusMelody[] melodies)
    {
        MelodyCorpus corpus = new() { Encoding = RLTuner.Music.MelodyEncoding.Default, StepsPerQuarter = stepsPerQuarter, Training = [.. melodies] };
        CorpusFile.Save(corpus, _folder.PathTo(name));
    }

    private BuiltCorpus Build(CorpusOptions options, string? path = null) => new CorpusBuilder(options).Build([path ?? _folder.Path], stop: TestContext.Current.CancellationToken);
}
