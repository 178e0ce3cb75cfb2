using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RLTuner.Cli.Display;

/// <summary>A command whose help says more below the options: in more words, and by examples.</summary>
internal sealed class ExplainedCommand(string name, string summary, string more) : Command(name, summary)
{
    public string More { get; } = more;
}

/// <summary>The usual help, and below it what an <see cref="ExplainedCommand"/> adds.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not give what the command requires.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExplainedCommand command)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(command.More);
        }

        return code;
    }
}
