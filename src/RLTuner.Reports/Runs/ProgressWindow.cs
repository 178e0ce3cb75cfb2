using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Tuning;

namespace RLTuner.Reports.Runs;

/// <summary>A line of <c>progress.jsonl</c>. What the line does not say is null; docs/file-formats.md defines the fields.</summary>
/// <param name="Step">Notes played when it was measured.</param>
/// <param name="Steps">Notes in the window, at least 1.</param>
/// <param name="Train">Sums over the window's notes.</param>
/// <param name="Rules">What each rule gave in the window, by name.</param>
/// <param name="Evaluation">Means over melodies.</param>
/// <param name="StandardError">The standard errors of these means.</param>
/// <param name="Exploration">Epsilon at the window's end.</param>
/// <param name="Loss">The mean loss of the updates.</param>
/// <param name="Targets">The values that were learned from.</param>
/// <param name="Policy">How the policy stands to the Note RNN.</param>
public sealed record ProgressWindow(
    long Step,
    long Steps,
    RewardSums? Train,
    ImmutableDictionary<string, RuleWindow> Rules,
    RewardSums? Evaluation,
    RewardSums? StandardError,
    double? Exploration,
    double? Loss,
    TargetValues? Targets,
    PolicyFigures? Policy)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no JSON object with a step and the number of steps.</exception>
    internal static ProgressWindow Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Of(document.RootElement);
        }
        // Escapes that are no characters show as an invalid operation.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"expected a JSON object, found something else ({error.Message})", error);
        }
    }

    private static ProgressWindow Of(JsonElement json)
    {
        JsonElement? evaluation = Json.Object(json, "evaluation"), train = Json.Object(json, "train");
        return new ProgressWindow(
            Count(json, "step", least: 0),
            Count(json, "steps", least: 1),
            Sums(train),
            train is { } trained ? RulesOf(trained) : ImmutableDictionary<string, RuleWindow>.Empty,
            Sums(evaluation),
            evaluation is { } evaluated ? Sums(Json.Object(evaluated, "standardError")) : null,
            Json.Number(json, "exploration"),
            Json.Number(json, "loss"),
            Json.Object(json, "targets") is { } targets
                && (Json.Number(targets, "mean"), Json.Number(targets, "min"), Json.Number(targets, "max")) is (double mean, double least, double most)
                ? new TargetValues(mean, least, most)
                : null,
            Json.Object(json, "policy") is { } policy
                ? new PolicyFigures(Json.Number(policy, "kl"), Json.Number(policy, "entropy"), Json.Number(policy, "distinct"))
                : null);
    }

    private static long Count(JsonElement json, string name, long least) =>
        Json.Field(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long count) && count >= least
            ? count
            : throw new FormatException($"expected \"{name}\" to be a number of steps, found {(Json.Field(json, name) is null ? "none" : "something else")}");

    private static RewardSums? Sums(JsonElement? json) =>
        json is { } sums && (Json.Number(sums, "total"), Json.Number(sums, "theory"), Json.Number(sums, "noteRnn")) is (double total, double theory, double noteRnn)
            ? new RewardSums(total, theory, noteRnn)
            : null;

    /// <summary>In runs of earlier versions a rule has a number alone, its reward.</summary>
    private static ImmutableDictionary<string, RuleWindow> RulesOf(JsonElement train)
    {
        ImmutableDictionary<string, RuleWindow>.Builder rules = ImmutableDictionary.CreateBuilder<string, RuleWindow>(StringComparer.Ordinal);
        foreach (JsonProperty rule in Json.Properties(train, "rules"))
        {
            if (Json.NumberOf(rule.Value) is double sum)
            {
                rules[rule.Name] = new RuleWindow(sum, null, null);
            }
            else if (Json.Number(rule.Value, "reward") is double reward)
            {
                rules[rule.Name] = new RuleWindow(reward, Json.Number(rule.Value, "fired"), Json.Number(rule.Value, "violated"));
            }
        }

        return rules.ToImmutable();
    }
}

/// <summary>What a rule did in a window.</summary>
/// <param name="Reward">The sum of its scores, weighted and scaled.</param>
/// <param name="Fired">Notes that it scored other than 0.</param>
/// <param name="Violated">Notes that it scored below 0.</param>
public sealed record RuleWindow(double Reward, double? Fired, double? Violated);

/// <summary>The values y that a window's updates learned from.</summary>
public sealed record TargetValues(double Mean, double Min, double Max);

/// <summary>How a policy stands to the Note RNN, over the evaluation's melodies.</summary>
/// <param name="Kl">Mean divergence from the Note RNN, in nats a step.</param>
/// <param name="Entropy">Mean entropy, in nats a step.</param>
/// <param name="Distinct">Different melodies, of all.</param>
public sealed record PolicyFigures(double? Kl, double? Entropy, double? Distinct);
