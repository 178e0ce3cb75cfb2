using System.Globalization;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Training;

namespace RLTuner.Tests.NoteRnn;

public sealed class ShippedNoteRnnTests
{
    [Fact]
    public void Both_nets_know_how_melodies_begin()
    {
        NoteRnnModel shipped = ShippedNoteRnn.Load(), plain = ShippedNoteRnn.Load(ShippedNoteRnn.Plain);
        Assert.Equal(NoteRnnShape.Paper, plain.Shape);
        Assert.Equal(("event bars-ago:1 bars-ago:2 bars-ago:4 bar", 100), (shipped.Shape.Inputs.ToString(), Assert.Single(shipped.Shape.LayerSizes)));
        Assert.All([shipped, plain], net => Assert.Equal((MelodyEncoding.Default, true), (net.Encoding, net.KnowsBeginnings)));
        Assert.NotSame(shipped.Weights.Values, ShippedNoteRnn.Load().Weights.Values);
        Assert.Contains("shipped, plain", Assert.Throws<ArgumentException>(() => ShippedNoteRnn.Load("other")).Message);
    }

    /// <summary>The bounds are those of an LSTM of as many units that PyTorch trained for ten minutes on the same kind of melodies.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("shipped")]
    public void They_predict_hymns_that_they_never_saw_as_their_card_says(string name)
    {
        CorpusOptions options = new() { Key = KeyChoice.Signature, Validation = 0, Melodies = MelodyExtractorOptions.Dataset with { MaxStepsTruncate = null } };
        MelodyCorpus hymns = new CorpusBuilder(options)
            .Build([SharedFolder.PathTo("corpora/eval/openhymnal-abc.tar.gz")], stop: TestContext.Current.CancellationToken).Corpus;
        PredictionSums sums = NoteRnnEvaluation.Of(ShippedNoteRnn.Load(name), hymns.Training);
        Assert.True(sums.Loss < 0.577, $"loss {sums.Loss}");
        Assert.True(sums.Accuracy > 0.811, $"accuracy {sums.Accuracy}");
        Assert.True(sums.NoteAccuracy > 0.118, $"note accuracy {sums.NoteAccuracy}");

        string card = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot(), "models", "README.md"));
        string row = string.Create(CultureInfo.InvariantCulture, $"| {sums.Loss:F3} | {100 * sums.Accuracy:F1} % | {100 * sums.NoteAccuracy:F1} % |");
        Assert.Contains(row, card, StringComparison.Ordinal);
    }
}
