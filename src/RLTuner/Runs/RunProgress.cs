using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>A window as a line of <c>progress.jsonl</c>, both ways; docs/file-formats.md defines each field. What is NaN is null in the file.</summary>
public static class RunProgress
{
    /// <summary>No window has so many; a damaged file may.</summary>
    private const int MostFigures = 100;

    /// <summary>The window as a JSON object.</summary>
    public static JsonObject ToJson(TuningWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        JsonObject train = Sums(window.Train);
        train["rules"] = new JsonObject(window.Rules.Select(rule => KeyValuePair.Create(
            rule.Name, (JsonNode?)new JsonObject { ["reward"] = Number(rule.Reward), ["fired"] = rule.Fired, ["violated"] = rule.Violated })));
        JsonObject evaluation = Sums(window.Evaluation);
        evaluation["melodies"] = window.EvaluationMelodies;
        evaluation["standardError"] = Sums(window.EvaluationError);
        JsonObject line = new()
        {
            ["step"] = window.Step,
            ["steps"] = window.Steps,
            ["train"] = train,
            ["evaluation"] = evaluation,
            ["learner"] = new JsonObject(window.Learner.Select(figure => KeyValuePair.Create(figure.Name, ToJson(figure)))),
            ["policy"] = new JsonObject
            {
                ["kl"] = Number(window.Policy.Divergence),
                ["entropy"] = Number(window.Policy.Entropy),
                ["distinct"] = Number(window.Policy.Distinct),
            },
        };
        if (!window.Music.IsEmpty)
        {
            line["music"] = new JsonObject(window.Music.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)Number(figure.Value))));
        }

        if (window.LastStepEvaluation is { } last)
        {
            line["lastStepEvaluation"] = Sums(last);
        }

        return line;
    }

    /// <summary>Reads a line; what it does not say is NaN, 0 or empty.</summary>
    /// <exception cref="FormatException">It is no JSON object with a step and the number of steps.</exception>
    internal static TuningWindow Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Of(document.RootElement);
        }
        // Escapes that are no characters show as an invalid operation.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"expected a JSON object, found something else", error);
        }
    }

    private static TuningWindow Of(JsonElement json)
    {
        JsonElement? evaluation = Json.Object(json, "evaluation"), train = Json.Object(json, "train");
        JsonElement? policy = Json.Object(json, "policy"), last = Json.Object(json, "lastStepEvaluation");
        return new TuningWindow
        {
            Step = Count(json, "step", least: 0),
            Steps = Count(json, "steps", least: 1),
            Train = Sums(train),
            Rules = train is { } trained ? [.. Json.Properties(trained, "rules").DistinctBy(rule => rule.Name).Select(RuleOf).OfType<RuleLedger>()] : [],
            Evaluation = Sums(evaluation),
            EvaluationError = evaluation is { } evaluated ? Sums(Json.Object(evaluated, "standardError")) : Sums(null),
            EvaluationMelodies = evaluation is { } melodies ? (int)Math.Clamp(Json.Number(melodies, "melodies") ?? 0, 0, int.MaxValue) : 0,
            LastStepEvaluation = last is null ? null : Sums(last),
            Policy = new(Value(policy, "kl"), Value(policy, "entropy"), Value(policy, "distinct")),
            Music =
            [
                .. Json.Properties(json, "music").DistinctBy(figure => figure.Name).Take(MostFigures)
                    .Select(figure => FigureCatalog.Figure(figure.Name, Json.NumberOf(figure.Value) ?? double.NaN, asOriginal: false)),
            ],
            Learner = [.. Json.Properties(json, "learner").DistinctBy(figure => figure.Name).Select(DiagnosticOf)],
            Finished = false,
        };
    }

    private static JsonNode? ToJson(Diagnostic figure) => figure is { Min: { } min, Max: { } max }
        ? new JsonObject { ["mean"] = Number(figure.Value), ["min"] = Number(min), ["max"] = Number(max) }
        : Number(figure.Value);

    private static Diagnostic DiagnosticOf(JsonProperty figure) => figure.Value.ValueKind == JsonValueKind.Object
        ? new(figure.Name, Value(figure.Value, "mean"), Json.Number(figure.Value, "min"), Json.Number(figure.Value, "max"))
        : new(figure.Name, Json.NumberOf(figure.Value) ?? double.NaN);

    private static RuleLedger? RuleOf(JsonProperty rule) => Json.Number(rule.Value, "reward") is double reward
        ? new RuleLedger(rule.Name, reward, Events(rule.Value, "fired"), Events(rule.Value, "violated"))
        : null;

    private static long Events(JsonElement rule, string name) => (long)Math.Clamp(Json.Number(rule, name) ?? 0, 0, 1e15);

    private static long Count(JsonElement json, string name, long least) =>
        Json.Field(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long count) && count >= least
            ? count
            : throw new FormatException($"expected \"{name}\" to be a number of steps, found {(Json.Field(json, name) is null ? "none" : "something else")}");

    private static double Value(JsonElement? json, string name) => json is { } known ? Json.Number(known, name) ?? double.NaN : double.NaN;

    private static RewardSums Sums(JsonElement? json) => new(Value(json, "total"), Value(json, "theory"), Value(json, "noteRnn"));

    private static JsonObject Sums(RewardSums sums) =>
        new() { ["total"] = Number(sums.Total), ["theory"] = Number(sums.Theory), ["noteRnn"] = Number(sums.NoteRnn) };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
