using System.CommandLine;
using System.CommandLine.Parsing;
using RLTuner.Settings;

namespace RLTuner.Cli.Options;

/// <summary>A setting of the library as an option: name, meaning, range and default are read from where it is declared.</summary>
internal sealed class SettingOption : Option<object?>
{
    private readonly Setting _setting;

    /// <summary>Creates the option.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="usual">A record that has its default.</param>
    /// <param name="original">A record that has the published program's.</param>
    public SettingOption(Setting setting, object usual, object original)
        : base("--" + setting.Name)
    {
        _setting = setting;
        Description = setting.Meaning;
        if (setting.Type == typeof(bool))
        {
            Arity = ArgumentArity.Zero;
            CustomParser = _ => true;
            return;
        }

        string ours = setting.TextIn(usual), theirs = setting.TextIn(original);
        string words = setting.Words.IsEmpty ? "" : $" [{string.Join(" | ", setting.Words)}]";
        Description += $"{words} [default: {ours}{(theirs == ours ? "" : $"; with --compat magenta: {theirs}")}]";
        HelpName = setting.Words.IsEmpty ? "N" : "WORD";
        CustomParser = Parse;
        CompletionSources.Add([.. setting.Words]);
    }

    /// <summary>The setting.</summary>
    public Setting Setting => _setting;

    private object? Parse(ArgumentResult result)
    {
        try
        {
            return _setting.Parse(result.Tokens[0].Value);
        }
        catch (ArgumentException error)
        {
            result.AddError($"--{error.Message}");
            return null;
        }
    }
}
