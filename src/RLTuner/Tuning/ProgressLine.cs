using System.Text.Json.Nodes;
using RLTuner.Evaluation;

namespace RLTuner.Tuning;

/// <summary>A window as a line of <c>progress.jsonl</c>; docs/file-formats.md defines each field.</summary>
public static class ProgressLine
{
    /// <summary>The window's JSON object; what is not a number is null.</summary>
    public static JsonObject Of(TuningWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        JsonObject train = Sums(window.Train);
        train["rules"] = new JsonObject(window.Rules.Select(rule => KeyValuePair.Create(rule.Name, (JsonNode?)Ledger(rule))));
        JsonObject evaluation = Sums(window.Evaluation);
        evaluation["melodies"] = window.EvaluationMelodies;
        evaluation["standardError"] = Sums(window.EvaluationError);
        JsonObject line = new()
        {
            ["step"] = window.Step,
            ["steps"] = window.Steps,
            ["train"] = train,
            ["evaluation"] = evaluation,
            ["exploration"] = window.Exploration,
            ["loss"] = Number(window.Loss),
            ["targets"] = window.Targets is { } targets
                ? new JsonObject { ["mean"] = Number(targets.Mean), ["min"] = Number(targets.Min), ["max"] = Number(targets.Max) }
                : null,
            ["policy"] = new JsonObject
            {
                ["kl"] = Number(window.Policy.Divergence),
                ["entropy"] = Number(window.Policy.Entropy),
                ["distinct"] = Number(window.Policy.Distinct),
            },
        };
        if (window.LastStepEvaluation is { } last)
        {
            line["lastStepEvaluation"] = Sums(last);
        }

        return line;
    }

    private static JsonObject Ledger(RuleLedger rule) =>
        new() { ["reward"] = Number(rule.Reward), ["fired"] = rule.Fired, ["violated"] = rule.Violated };

    private static JsonObject Sums(RewardSums sums) =>
        new() { ["total"] = Number(sums.Total), ["theory"] = Number(sums.Theory), ["noteRnn"] = Number(sums.NoteRnn) };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
