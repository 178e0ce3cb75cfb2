using System.CommandLine;
using System.CommandLine.Parsing;

namespace RLTuner.Cli.Options;

/// <summary>An option whose value is one of a few words; underscores, as the original writes them, count as hyphens.</summary>
internal sealed class ChoiceOption<T> : Option<T>
{
    private readonly T _initial;
    private readonly (string Word, T Value)[] _words;

    /// <summary>Creates the option; the first word is the default.</summary>
    public ChoiceOption(string name, string description, params (string Word, T Value)[] words)
        : base(name)
    {
        _words = words;
        _initial = words[0].Value;
        Description = $"{description} [{string.Join(" | ", words.Select(entry => entry.Word))}] [default: {words[0].Word}]";
        HelpName = "WORD";
        CustomParser = Parse;
        CompletionSources.Clear(); // of the names of an enumeration
        CompletionSources.Add([.. words.Select(entry => entry.Word)]);
    }

    /// <summary>The value given, or the default.</summary>
    public T Read(ParseResult parsed) => parsed.GetResult(this) is null ? _initial : parsed.GetValue(this)!;

    /// <summary>The word of a value.</summary>
    public string WordOf(T value) => _words.First(entry => Equals(entry.Value, value)).Word;

    private T? Parse(ArgumentResult result)
    {
        string found = result.Tokens[0].Value;
        foreach ((string word, T value) in _words)
        {
            if (word.Equals(found.Replace('_', '-'), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        result.AddError($"{Name}: expected one of {string.Join(", ", _words.Select(entry => entry.Word))}; found '{found}'");
        return default;
    }
}
