using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RLTuner.Cli.Options;

/// <summary>How many runs at a time: a number, or as many as processors and memory suggest.</summary>
internal sealed class JobsOption : Option<int?>
{
    private const int Most = 1024;

    public JobsOption()
        : base("--jobs")
    {
        Description = "Runs at a time, or auto: as many as there are processors and memory for [default: auto]";
        HelpName = "N|auto";
        CustomParser = Parse;
        CompletionSources.Add("auto");
    }

    /// <summary>How many runs at a time.</summary>
    public int Read(ParseResult parsed) => parsed.GetValue(this) ?? Auto();

    /// <summary>Threads of each run, which has use for two at most: runs beside each other use processors better.</summary>
    public static int ThreadsOf(int jobs) => Math.Clamp(Environment.ProcessorCount / jobs, 1, 2);

    /// <summary>More than a run of the paper's size takes, its net, replay and melodies together.</summary>
    private const long BytesOfRun = 512L << 20;

    /// <summary>As many as there are processors and memory for.</summary>
    public static int Auto() => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesOfRun, 1, Environment.ProcessorCount);

    private static int? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text != "auto" && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs is >= 1 and <= Most)
        {
            return jobs;
        }

        if (text != "auto")
        {
            result.AddError($"--jobs: expected auto or a whole number from 1 to {Most}, found '{text}'");
        }

        return null;
    }
}
