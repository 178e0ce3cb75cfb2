using System.CommandLine;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Corpus;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Rules;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner rules</c>: whether rules prefer music, and what a listener prefers.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Rule sets: do they prefer music, and do they prefer what you prefer?")
    {
        Test(),
        RulesFitCommand.Create(),
    };

    private static ExplainedCommand Test()
    {
        RuleTestOptions options = new();
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "test",
            "Whether rules prefer real melodies to spoiled ones, and how they are gamed.",
            """
            A learner plays what its rules like best. Whether that is music shows before any tuning:

              AUC    the chance that a window of a real tune scores above a spoiled one. 1: the rules always hear the difference;
                     0.5: they are blind to it; below: they prefer the spoiled one. Spoiled are: the same pitches in random order, the
                     same lengths in random order, the first bar over and over, and the tonic chord in steady eighths. --melodies adds
                     any others, such as those of a net that was tuned by these rules: near 0.5 the rules cannot tell them from tunes.
              best   the melody that simulated annealing finds to score highest, and what each rule gives it: what a learner would
                     play that cared for the rules alone. A rule that gives it far more than it gives tunes can be gamed.

            Windows begin at bar lines, so the corpus has to: 'rltuner corpus build' makes such. Test at several lengths: what is right
            for two bars may forbid form over eight. Rules of your own weights are tested by --rules, a JSON file such as
            {"leap": 0, "loop": 2}. docs/rules.md describes each rule.

            Examples:
              rltuner corpus build tunes/ --output folk.corpus
              rltuner rules test --rule-set musical --corpus folk.corpus
              rltuner rules test --rule-set theory --corpus folk.corpus --num-notes-in-melody 128
              rltuner compose --model runs/pg-1 --count 1000 --output tuned.jsonl
              rltuner rules test --rule-set theory --corpus folk.corpus --melodies tuned.jsonl
            """);
        options.AddTo(command);
        command.Options.Add(format);
        command.SetAction(parsed =>
        {
            RuleTestSettings settings = options.Read(parsed);
            RuleTest test = new(settings.Rules, settings.Real, settings.Encoding, settings.TimeSignature);
            List<Contrast> contrasts = [];
            foreach (Contrast contrast in test.AgainstSpoiled(settings.Key, settings.Seed))
            {
                Terminal.Status($"Judged against {contrast.Name}");
                contrasts.Add(contrast);
            }

            if (settings.Others.Count > 0)
            {
                contrasts.Add(test.Against(settings.OthersName, settings.Others));
            }

            Melody best = settings.Annealing.Best(
                settings.Rules, settings.Encoding, settings.TimeSignature, settings.Length, settings.Seed,
                share => Terminal.Status(FormattableString.Invariant($"Annealing: {100 * share:F0} %")));
            Terminal.Status("");
            double[] ledger = new MelodyJudge(settings.Rules, settings.Encoding, settings.TimeSignature, settings.Length).ScoresByRule(best.Events.AsSpan());
            if (format.Read(parsed) == OutputFormat.Json)
            {
                Console.WriteLine(ToJson(settings, test, contrasts, best, ledger).ToJsonString());
            }
            else
            {
                Print(settings, test, contrasts, best, ledger);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(RuleTestSettings settings, RuleTest test, IReadOnlyList<Contrast> contrasts, Melody best, double[] ledger)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"The {settings.RuleSetName} rules on {test.Real.Count:N0} windows of {settings.Length} steps in {settings.TimeSignature}, {settings.Key}"));
        Console.WriteLine();
        Console.WriteLine("AUC: the chance that a real window scores above");
        RuleTestTable.PrintAuc(settings.Rules, contrasts);
        Console.WriteLine("What each rule gives a melody");
        RuleTestTable.PrintScores(
            settings.Rules,
            [("real", test.RealScores), .. contrasts.Select(contrast => (contrast.Name, (IReadOnlyList<double>)contrast.Scores)), ("annealed best", ledger)]);
        Console.WriteLine("The best melody that annealing finds");
        RuleTestTable.PrintMelody(best, settings.TimeSignature);
    }

    private static JsonObject ToJson(RuleTestSettings settings, RuleTest test, IReadOnlyList<Contrast> contrasts, Melody best, double[] ledger)
    {
        return new JsonObject
        {
            ["rule_set"] = settings.RuleSetName,
            ["key"] = settings.Key.ToString(),
            ["time_signature"] = settings.TimeSignature.ToString(),
            ["windows"] = test.Real.Count,
            ["steps"] = settings.Length,
            ["real"] = ByRule(test.RealScores),
            ["against"] = new JsonArray([.. contrasts.Select(contrast => new JsonObject
            {
                ["name"] = contrast.Name,
                ["melodies"] = contrast.Count,
                ["auc"] = contrast.Auc,
                ["auc_by_rule"] = ByRule(contrast.AucByRule),
                ["scores"] = ByRule(contrast.Scores),
            })]),
            ["best"] = new JsonObject
            {
                ["events"] = new JsonArray([.. best.ToClasses(settings.Encoding).Select(number => (JsonNode)number)]),
                ["scores"] = ByRule(ledger),
            },
        };

        JsonObject ByRule(IReadOnlyList<double> numbers) =>
            new(settings.Rules.Rules.Select((entry, i) => KeyValuePair.Create(entry.Rule.Name, (JsonNode?)numbers[i])));
    }
}
