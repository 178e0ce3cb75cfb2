using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn;

public sealed class NoteRnnFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rltuner-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_net_comes_back_as_it_was_saved()
    {
        NoteRnnShape shape = new(29, [6, 5]);
        NoteRnnModel model = new(RandomNets.Weights(shape with { Inputs = shape.Inputs.With(new StepInput(12)) }, 1), new MelodyEncoding(new Pitch(55), 29), RandomNets.Weights(shape, 2));
        string path = Path.Combine(_folder, "net.safetensors");
        NoteRnnFile.Save(model, path);
        NoteRnnModel loaded = NoteRnnFile.Load(path);
        Assert.Equal(model.Shape, loaded.Shape);
        Assert.Equal(model.Encoding, loaded.Encoding);
        Assert.Equal(model.Weights.Values, loaded.Weights.Values);
        Assert.Equal(model.Prior!.Values, loaded.Prior!.Values);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_a_net_learned_from_comes_back_and_damage_to_it_is_named()
    {
        CorpusHistograms histograms = CorpusHistograms.Of([new Melody([MelodyEvent.NoteOn(new Pitch(60)), .. Enumerable.Repeat(MelodyEvent.Hold, 15)])], Key.CMajor, new TimeSignature(2, 2));
        NoteRnnModel model = new(RandomNets.Weights(new NoteRnnShape(5, [4]), 1), new MelodyEncoding(new Pitch(48), 5)) { LearnedFrom = [histograms] };
        string path = Path.Combine(_folder, "net.safetensors");
        NoteRnnFile.Save(model, path);
        Assert.Equal(CorpusHistogramsJson.Write(model.LearnedFrom), CorpusHistogramsJson.Write(NoteRnnFile.Load(path).LearnedFrom));

        // Of another program, without a checksum: the text may hold anything.
        byte[] bytes = File.ReadAllBytes(path);
        string text = System.Text.Encoding.Latin1.GetString(bytes).Replace("sha256", "sha-of", StringComparison.Ordinal);
        foreach ((string good, string bad) in new[] { ("pitch_classes", "pitch_klasses"), ("2/2", "x/2"), ("intervals", "intervall") })
        {
            File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)));
            Assert.Contains("net.safetensors", Assert.Throws<NoteRnnFormatException>(() => NoteRnnFile.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("event bars-ago:1 bars-ago:2 bar", true)]
    [InlineData("event end", false)]
    public void What_a_net_hears_and_whether_it_knows_beginnings_come_back(string inputs, bool knowsBeginnings)
    {
        NoteRnnShape prior = new(29, [6], NoteRnnInputs.Parse(inputs, 29)), shape = prior with { Inputs = prior.Inputs.With(new EndInput()) };
        NoteRnnModel model = new(RandomNets.Weights(shape, 1), new MelodyEncoding(new Pitch(55), 29), RandomNets.Weights(prior, 2)) { KnowsBeginnings = knowsBeginnings };
        string path = Path.Combine(_folder, "net.safetensors");
        NoteRnnFile.Save(model, path);
        NoteRnnModel loaded = NoteRnnFile.Load(path);
        Assert.Equal((shape, prior, knowsBeginnings), (loaded.Shape, loaded.Prior!.Shape, loaded.KnowsBeginnings));
        Assert.Equal(model.Weights.Values, loaded.Weights.Values);
    }

    [Fact]
    public void Any_torn_or_altered_file_is_loaded_or_refused_by_name()
    {
        NoteRnnShape shape = new(5, [3]);
        string path = Path.Combine(_folder, "net.safetensors");
        NoteRnnFile.Save(new NoteRnnModel(RandomNets.Weights(shape, 1), new MelodyEncoding(new Pitch(48), 5)), path);
        byte[] whole = File.ReadAllBytes(path);
        RandomSource random = new(9, "damage");
        int refused = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            byte[] damaged = trial % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (trial % 2 == 1)
            {
                damaged[random.Next(trial % 4 == 1 ? whole.Length : 600)] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                NoteRnnFile.Load(path);
            }
            catch (NoteRnnFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1000);
    }

    [Fact]
    public void A_header_that_promises_a_giant_net_is_refused_before_memory_is_taken()
    {
        string path = Path.Combine(_folder, "giant.safetensors");
        const string Header = """
            {"__metadata__":{"format":"rltuner-note-rnn","lowest_pitch":"48"},"lstm.0.bias":{"dtype":"F32","shape":[65536],"data_offsets":[0,262144]},
            "lstm.0.kernel":{"dtype":"F32","shape":[16422,65536],"data_offsets":[0,4304928768]},
            "output.bias":{"dtype":"F32","shape":[38],"data_offsets":[0,152]}}
            """;
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)Header.Length), .. System.Text.Encoding.ASCII.GetBytes(Header)]);
        NoteRnnFormatException error = Assert.Throws<NoteRnnFormatException>(() => NoteRnnFile.Load(path));
        Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
    }
}
