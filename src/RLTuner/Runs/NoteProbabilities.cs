using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Runs;

/// <summary>How likely a policy found every event at each step of one of its own melodies.</summary>
/// <param name="Melody">Which of the melodies kept, from 1.</param>
/// <param name="Steps">The steps from the first.</param>
public sealed record NoteProbabilities(int Melody, ImmutableArray<NoteProbabilityStep> Steps)
{
    /// <summary>As many steps as a picture can show.</summary>
    public const int MostSteps = 64;

    /// <summary>Asks a policy about the beginning of a composition. A first event that was given is certain.</summary>
    /// <param name="policy">The policy that composed it.</param>
    /// <param name="composition">A melody with at least one event, and what was heard before.</param>
    /// <param name="melody">Which of the melodies kept it is, from 1.</param>
    /// <param name="steps">Of how many steps at most.</param>
    public static NoteProbabilities Of(IPolicy policy, Composition composition, int melody, int steps = MostSteps)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(composition);
        int[] played = [.. composition.Melody.ToClasses(policy.Encoding).Take(steps)];
        int[] before = policy.Before(composition.Primer, composition.FirstIsGiven);
        int[] heard = [.. before, .. played];
        float[] logits = new float[policy.Encoding.ClassCount], probabilities = new float[logits.Length];
        ImmutableArray<NoteProbabilityStep>.Builder found = ImmutableArray.CreateBuilder<NoteProbabilityStep>(played.Length);
        if (composition.FirstIsGiven)
        {
            found.Add(new NoteProbabilityStep(played[0], [.. probabilities.Select((_, number) => number == played[0] ? 1.0 : 0)]));
        }

        IPolicyRun run = policy.Begin(1, [composition.Melody.PlannedLength]);
        for (int i = 0; i < heard.Length - 1; i++)
        {
            int next = i + 1 - before.Length;
            run.Read([heard[i]], logits, [next]);
            if (next >= (composition.FirstIsGiven ? 1 : 0))
            {
                Softmax.Probabilities(logits, probabilities);
                found.Add(new NoteProbabilityStep(played[next], [.. probabilities.Select(value => (double)value)]));
            }
        }

        return new NoteProbabilities(melody, found.ToImmutable());
    }

    /// <summary>In the form that <see cref="FromJson"/> reads; probabilities to four digits.</summary>
    public JsonObject ToJson() => new()
    {
        ["melody"] = Melody,
        ["steps"] = new JsonArray([.. Steps.Select(step => new JsonObject
        {
            ["played"] = step.Played,
            ["p"] = new JsonArray([.. step.Probabilities.Select(p => (JsonNode)Math.Round(p, 4))]),
        })]),
    };

    /// <summary>Reads what <see cref="ToJson"/> made.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    internal static NoteProbabilities FromJson(JsonElement json, MelodyEncoding encoding)
    {
        ImmutableArray<NoteProbabilityStep> steps = [.. Json.List(json, "steps").Take(MostSteps).Select(step => Step(step, encoding.ClassCount))];
        return steps.IsEmpty
            ? throw new FormatException("expected at least one step, found none")
            : new NoteProbabilities((int)Math.Clamp(Json.Number(json, "melody") ?? 1, 1, 1_000_000), steps);
    }

    private static NoteProbabilityStep Step(JsonElement json, int classes)
    {
        double[] p = [.. Json.List(json, "p").Select(Json.NumberOf).Select(value => value is >= 0 and <= 1 ? value.Value : double.NaN)];
        double played = Json.Number(json, "played") ?? -1;
        return p.Length == classes && !p.Any(double.IsNaN) && played >= 0 && played < classes && played % 1 == 0
            ? new NoteProbabilityStep((int)played, [.. p])
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"expected {classes} probabilities and the class played, found something else"));
    }
}

/// <summary>One step: what was played, and how likely each class was.</summary>
/// <param name="Played">The class of the event that came.</param>
/// <param name="Probabilities">One a class; they add up to 1.</param>
public sealed record NoteProbabilityStep(int Played, ImmutableArray<double> Probabilities);
