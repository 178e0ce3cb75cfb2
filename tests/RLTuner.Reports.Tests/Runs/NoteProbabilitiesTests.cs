using System.Text.Json.Nodes;
using RLTuner.Composing;
using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Reports.Tests.Runs;

/// <summary>What a net expected is what it composed by.</summary>
public sealed class NoteProbabilitiesTests
{
    [Fact]
    public void Probabilities_agree_with_the_likelihood_of_what_was_played_and_survive_their_file()
    {
        NoteRnnPolicy policy = new(ShippedNoteRnn.Load());
        Composition composition = new Composer(policy, new RandomNotePrimer(38)).Compose(1, 80, seed: 3)[0];
        float[] logP = Likelihood.LogProbabilities(policy, [composition])[0];
        NoteProbabilities map = NoteProbabilities.Of(policy, composition, 1);
        Assert.Equal(NoteProbabilities.MostSteps, map.Steps.Length);
        Assert.All(map.Steps, step => Assert.Equal(1, step.Probabilities.Sum(), 1e-5));
        Assert.Equal(composition.Melody.ToClasses(policy.Encoding).Take(64), map.Steps.Select(step => step.Played));
        Assert.All(map.Steps.Zip(logP), pair => Assert.Equal(pair.Second, Math.Log(pair.First.Probabilities[pair.First.Played]), 1e-4));

        using MadeRun run = new();
        File.WriteAllText(run.PathTo("melodies/probabilities.json"), new JsonObject { ["after"] = map.ToJson() }.ToJsonString());
        NoteProbabilities read = RunRecord.Read(run.Folder).ProbabilitiesAfter!;
        Assert.Equal(1, read.Melody);
        Assert.All(read.Steps.Zip(map.Steps), pair => Assert.All(pair.First.Probabilities.Zip(pair.Second.Probabilities), p => Assert.Equal(p.First, p.Second, 1e-4)));
    }
}
