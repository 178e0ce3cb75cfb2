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
    /// <param name="defaults">What it is where it is not given.</param>
    public SettingOption(Setting setting, string defaults)
        : base("--" + setting.Name)
    {
        _setting = setting;
        bool isSwitch = setting.Type == typeof(bool);
        string words = isSwitch ? " [on | off]" : setting.Words.IsEmpty ? "" : $" [{string.Join(" | ", setting.Words)}]";
        Description = $"{setting.Meaning}{words} [default: {defaults}]";
        HelpName = isSwitch ? "on|off" : setting.Words.IsEmpty ? "N" : "WORD";
        Arity = isSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne;
        CustomParser = Parse;
        CompletionSources.Add([.. setting.Words]);
    }

    /// <summary>The setting.</summary>
    public Setting Setting => _setting;

    private object? Parse(ArgumentResult result)
    {
        try
        {
            return result.Tokens.Count == 0 ? true : _setting.Parse(result.Tokens[0].Value);
        }
        catch (ArgumentException error)
        {
            result.AddError($"--{error.Message}");
            return null;
        }
    }
}
