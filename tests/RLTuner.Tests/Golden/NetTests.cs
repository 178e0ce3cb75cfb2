using System.Text.Json;
using RLTuner.NoteRnn;

namespace RLTuner.Tests.Golden;

/// <summary>Oracle: net.json, the 2016 checkpoint in float64 arithmetic.</summary>
public sealed class NetTests
{
    [Fact]
    public void Logits_and_states_match_the_2016_checkpoint()
    {
        using JsonDocument golden = GoldenFile.Open("net.json");
        NoteRnnWeights weights = GoldenFile.MagentaNoteRnn().Weights;
        NoteRnnStep step = new(weights.Shape, 1);
        float[] logits = new float[38];
        int compared = 0;
        foreach (JsonElement melody in golden.RootElement.GetProperty("v1").EnumerateArray())
        {
            NoteRnnState before = new(weights.Shape, 1), after = new(weights.Shape, 1);
            foreach ((int note, JsonElement expected) in melody.GetProperty("notes").Integers().Zip(melody.GetProperty("logits").EnumerateArray()))
            {
                step.Forward(weights, [note], before, after, logits);
                (before, after) = (after, before);
                Assert.All(expected.Doubles().Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
                compared += logits.Length;
            }

            Assert.All(melody.GetProperty("c")[0].Doubles().Zip(before.Cell(0).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
            Assert.All(melody.GetProperty("h")[0].Doubles().Zip(before.Hidden(0).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
        }

        Assert.Equal(12_160, compared);
    }
}
