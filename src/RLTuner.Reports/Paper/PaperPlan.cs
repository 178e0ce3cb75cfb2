using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RLTuner.Files;
using RLTuner.Learning.Q;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Paper;

/// <summary>Which runs repeat the paper, as a sweep like any other; and which of its columns a run belongs to.</summary>
internal static class PaperPlan
{
    /// <summary>The paper's c is 0.5, and it divides what the rules give: r = log p + r_MT / c.</summary>
    private const double PaperScaler = 2, NotebookScaler = 1;

    private static readonly string[] Learners = [Algorithm.Q.Name, Algorithm.Psi.Name, Algorithm.G.Name];

    /// <summary>The plan, in the form that docs/sweeps.md describes.</summary>
    /// <param name="noteRnn">The net to tune, as the plan is to name it.</param>
    /// <param name="seeds">Seeds 1 to this are run.</param>
    /// <param name="steps">Notes of each run; pg, which the paper does not have, plays five times as many, as by default.</param>
    public static string Text(string noteRnn, int seeds, long steps)
    {
        JsonArray include =
        [
            .. Learners.Select(learner => Run("magenta", learner, PaperScaler)),
            Run("magenta", Algorithm.Q.Name, NotebookScaler),
            .. Learners.Select(learner => Run("paper", learner, PaperScaler)),
            new JsonObject { ["preset"] = "musical", ["training-steps"] = 5 * steps },
        ];
        return new JsonObject
        {
            ["base"] = new JsonObject { ["note-rnn"] = noteRnn, ["training-steps"] = steps },
            ["include"] = include,
            ["seeds"] = new JsonArray([.. Enumerable.Range(1, seeds).Select(seed => (JsonNode)seed)]),
        }.ToJsonString(new() { WriteIndented = true });

        static JsonObject Run(string preset, string learner, double scaler) => new()
        {
            ["preset"] = preset,
            ["algorithm"] = learner,
            ["exploration-mode"] = "egreedy",
            ["discount"] = 0.5,
            ["reward-scaler"] = scaler,
        };
    }

    /// <summary>Whether a run reproduces the published program.</summary>
    public static bool IsCompatible(RunPlan plan) => plan.Theory.RuleSet == RuleSetName.Magenta;

    /// <summary>Whether a run is the notebook's, whose rules weigh half as much as the paper's.</summary>
    public static bool IsNotebook(RunPlan plan) => IsCompatible(plan) && plan.Reward.RewardScaler == NotebookScaler;

    /// <summary>The paper's column that a run belongs to: Q, Ψ and G as 1, 2 and 3; 0 where it has none.</summary>
    public static int Column(RunPlan plan) => IsNotebook(plan) ? 0 : Array.IndexOf(Learners, plan.Learner.Algorithm) + 1;
}
