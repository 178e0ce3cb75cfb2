using System.CommandLine;
using RLTuner.Corpus;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Rules;

namespace RLTuner.Cli.Options;

/// <summary>Which rules are tested on what.</summary>
internal sealed class RuleTestOptions
{
    private const int UsualLength = 32;

    private readonly WeighedRulesOptions _rules = new();

    private readonly Option<string> _corpus = new("--corpus")
    {
        Description = "Real melodies from bar lines on: a .corpus or .jsonl file.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _melodies = Make.Path(
        "--melodies", "FILE", "Other melodies to hold the real ones against, such as a net's: .jsonl, .corpus, .mid and others.");

    private readonly Option<string> _key = new("--key") { Description = "The key of all melodies.", HelpName = "KEY", DefaultValueFactory = _ => "C major" };

    private readonly Option<string> _timeSignature = new("--time-signature")
    {
        Description = "The metre; melodies of the corpus in another are left out.",
        HelpName = "N/M",
        DefaultValueFactory = _ => "4/4",
    };

    private readonly Option<int> _length = Make.Number("--num-notes-in-melody", "Steps of a window, a sixteenth each.", UsualLength, min: 1, Limits.Length);
    private readonly Option<ulong> _seed = Make.Number("--seed", "One seed gives the same figures and the same best melody.", 1ul);

    public void AddTo(Command command)
    {
        _rules.AddTo(command);
        foreach (Option option in new Option[] { _corpus, _melodies, _key, _timeSignature, _length, _seed })
        {
            command.Options.Add(option);
        }
    }

    public RuleTestSettings Read(ParseResult parsed)
    {
        Key key = Key.Parse(parsed.GetValue(_key)!);
        TimeSignature timeSignature = TimeSignature.Parse(parsed.GetValue(_timeSignature)!);
        int length = parsed.GetValue(_length);
        string path = parsed.GetValue(_corpus)!;
        MelodyCorpus corpus = CorpusFile.Load(path);
        if (corpus.StepsPerQuarter != Melody.StepsPerQuarter)
        {
            throw new UsageException($"{path}: expected melodies of {Melody.StepsPerQuarter} steps a quarter, found {corpus.StepsPerQuarter}");
        }

        RuleSet rules = _rules.Read(parsed, key).Rules;
        Melody[] real = [.. BarWindows.Of(corpus.Training.Concat(corpus.Validation), timeSignature, length)];
        if (real.Length == 0)
        {
            throw new UsageException($"{path}: expected windows of {length} steps in {timeSignature} with four notes or more, found none (try another --time-signature)");
        }

        string? others = parsed.GetValue(_melodies);
        return new RuleTestSettings(
            _rules.Word(parsed), rules, key, timeSignature, corpus.Encoding, length, parsed.GetValue(_seed), real,
            others is null ? "" : Path.GetFileName(others), others is null ? [] : Others(others, corpus.Encoding, length));
    }

    /// <summary>The beginnings of the melodies that are long enough.</summary>
    private static Melody[] Others(string path, MelodyEncoding encoding, int length)
    {
        Melody[] melodies = [.. MelodySources.Read(path, encoding, asOriginal: false).Where(melody => melody.Events.Length >= length).Select(melody => new Melody(melody.Events[..length]))];
        return melodies.Length > 0
            ? melodies
            : throw new UsageException($"{path}: expected melodies of at least {length} steps, found none (compose them with --num-notes-in-melody {length})");
    }
}

/// <summary>What a test of rules needs.</summary>
internal sealed record RuleTestSettings(
    string RuleSetName, RuleSet Rules, Key Key, TimeSignature TimeSignature, MelodyEncoding Encoding, int Length, ulong Seed,
    IReadOnlyList<Melody> Real, string OthersName, IReadOnlyList<Melody> Others)
{
    /// <summary>As much work at any length.</summary>
    public Annealing Annealing => new() { Changes = Math.Max(4000, 2_000_000 / Length) };
}
