using System.Text;
using System.Text.Json.Nodes;
using RLTuner.Numerics;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests;

/// <summary>A run folder that a test writes by hand, with everything a run can say.</summary>
internal sealed class MadeRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MadeRun(string name = "q-1", string algorithm = "q", int seed = 1, int windows = 20)
    {
        Folder = _folder.PathTo(name);
        Directory.CreateDirectory(PathTo("melodies"));
        File.WriteAllText(PathTo("options.json"), Options(algorithm, seed));
        File.WriteAllText(PathTo("progress.jsonl"), Progress(windows, seed));
        File.WriteAllText(PathTo("metrics.json"), Metrics);
        File.WriteAllText(PathTo("melodies/before.jsonl"), string.Concat(Enumerable.Repeat("{\"events\":[14,0,16,0,1,0,0,0],\"length\":8}\n", 10)));
        File.WriteAllText(PathTo("melodies/after.jsonl"), string.Concat(Enumerable.Repeat("{\"events\":[14,16,18,20,15,0,0,14],\"length\":8}\n", 10)));
        string p = string.Join(',', Enumerable.Range(0, 38).Select(i => i == 14 ? "0.63" : "0.01"));
        string steps = $"{{\"melody\":1,\"steps\":[{{\"played\":14,\"p\":[{p}]}},{{\"played\":0,\"p\":[{p}]}}]}}";
        File.WriteAllText(PathTo("melodies/probabilities.json"), $"{{\"before\":{steps},\"after\":{steps}}}");
    }

    public string Folder { get; }

    public const string Metrics = """
        {"melodies":1000,
         "before":{"figures":{"melodies":1000,"steps":8000,"notes":5000,"starting_on_tonic":0.2,"interval_unison":0.3,"theory_reward":18.5,"note_rnn_log_probability":-30.25,"kl_from_note_rnn":0},
           "intervals":{"starting_on_tonic":[0.18,0.22],"theory_reward":[17.5,19.5],"note_rnn_log_probability":[-31,-29.5]},
           "rules":{"key":{"reward":{"value":-2.5},"fired":{"value":0.125},"violated":{"value":0.125,"interval":[0.12,0.13]}}},"pitches":{"60":100,"62":50}},
         "after":{"figures":{"melodies":1000,"steps":8000,"notes":9000,"starting_on_tonic":0.9,"interval_unison":0.1,"theory_reward":33,"note_rnn_log_probability":null,"kl_from_note_rnn":0.5},
           "intervals":{"starting_on_tonic":[0.88,0.92],"theory_reward":[32,34]},
           "rules":{"key":{"reward":{"value":-0.25},"fired":{"value":0.0125},"violated":{"value":0.0125,"interval":[0.01,0.015]}}},"pitches":{"60":400,"64":20}}}
        """;

    public static string Options(string algorithm = "q", int seed = 1, string source = "shipped") => $$"""
        {"version":"0.1.0","noteRnn":{"source":"{{source}}","sha256":"00ff","layers":[100],"classes":38,"lowestPitch":48},
         "theory":{"ruleSet":"theory","key":"C major","timeSignature":"4/4","rules":{"key":1,"repeated_motif":2} },
         "reward":{"mode":"music-theory-all","rewardScaler":0.5,"noteRnnScale":1},
         "beginning":{"primingMode":"random-note","primer":null,"primerSha256":null},
         "windows":{"outputEveryNth":1000,"evaluationMelodies":100},
         "learner":{"algorithm":"{{algorithm}}","explorationSteps":10000,"explorationMode":"egreedy","randomActionProbability":0.1,
           "stochasticObservations":false,"discount":0.5,"minibatchSize":32,"maxExperience":100000,"targetNetworkUpdateRate":0.01,
           "trainEveryNth":5,"storeEveryNth":1,"learningRate":0.001,"clipNorm":5},
         "trainingSteps":20000,"numNotesInMelody":8,"positionInput":false,"seed":{{seed}},
         "stopWhenFlat":null,"entropyFloor":0.35,"distinctFloor":0.9,"stopOnCollapse":false,"keepBest":false,"quirks":"none","resumed":[]}
        """;

    public string PathTo(string name) => Path.Combine(Folder, name);

    public void Dispose() => _folder.Dispose();

    private static string Progress(int windows, int seed)
    {
        StringBuilder lines = new();
        RandomSource random = new((ulong)seed, "made run");
        for (int i = 1; i <= windows; i++)
        {
            double theory = 10 + (i * 0.5) + random.NextDouble(), noteRnn = -30 - (0.25 * i);
            JsonObject train = Sums(theory * 30, noteRnn * 30), evaluation = Sums(theory, noteRnn);
            train["rules"] = new JsonObject
            {
                ["key"] = new JsonObject { ["reward"] = theory * 10, ["fired"] = 300 - i, ["violated"] = 200 - (5 * i) },
                ["repeated_motif"] = new JsonObject { ["reward"] = theory * 20, ["fired"] = 40, ["violated"] = 0 },
            };
            evaluation["melodies"] = 100;
            evaluation["standardError"] = Sums(1, 0.5);
            JsonObject line = new()
            {
                ["step"] = i * 1000,
                ["steps"] = 1000,
                ["train"] = train,
                ["evaluation"] = evaluation,
                ["learner"] = new JsonObject
                {
                    ["loss"] = 20.0 / i,
                    ["target"] = i == 1 ? null : new JsonObject { ["mean"] = 2.5, ["min"] = -20, ["max"] = 30 },
                    ["exploration"] = Math.Max(0.1, 1 - (i * 0.09)),
                },
                ["policy"] = new JsonObject { ["kl"] = 0.05 * i, ["entropy"] = 2 - (0.05 * i), ["distinct"] = 0.99 },
            };
            lines.Append(line.ToJsonString()).Append('\n');
        }

        return lines.ToString();
    }

    private static JsonObject Sums(double theory, double noteRnn) => new() { ["total"] = theory + noteRnn, ["theory"] = theory, ["noteRnn"] = noteRnn };
}
