using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using RLTuner.Cli.Benchmarking;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner bench</c>: how fast the main job runs here, and how fast it could.</summary>
internal static class BenchCommand
{
    private const int Repeats = 5;

    public static Command Create()
    {
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        Option<long?> inThisProcess = new(FreshProcess.Argument) { Hidden = true };
        ExplainedCommand command = new(
            "bench",
            "Measure the speed of this machine at the main job.",
            """
            Measures the main job on this machine, in about half a minute: the paper's net (LSTM 100, 38 classes) and recipe (batch 32,
            an update every 5th note, all nine rules). First what the machine allows one thread: multiply-adds a second, bytes a second
            from cache and memory. Then each part of the job, as a median of repeats that take turns, by the clock and by CPU time, and
            as a share of the limit that binds it. On a busy machine the shares tell more than the times.

            Examples:
              rltuner bench
              rltuner bench --format json
            """)
        {
            format,
            inThisProcess,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(inThisProcess) is { } steps)
            {
                FreshProcess.Run(steps);
                return ExitCode.Done;
            }

            bool json = format.Read(parsed) == OutputFormat.Json;
            Action<string> progress = json ? _ => { } : text => Terminal.Status(text);
            progress("measuring the machine's limits");
            MachineLimits limits = MachineLimits.Measure();
            double start = FreshProcess.SecondsToFirstStep(), bytes = FreshProcess.BytesOfFullReplay();
            IReadOnlyList<Stage> stages = Stages.All(limits);
            foreach (Stage stage in stages)
            {
                progress($"warming up: {stage.Name}");
                stage.WarmUp();
            }

            for (int repeat = 1; repeat <= Repeats; repeat++)
            {
                progress($"round {repeat} of {Repeats}");
                foreach (Stage stage in stages)
                {
                    stage.Repeat();
                }
            }

            progress("");
            Console.WriteLine(json ? Json(limits, stages, start, bytes).ToJsonString() : "");
            if (!json)
            {
                Print(limits, stages, start, bytes);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(MachineLimits limits, IReadOnlyList<Stage> stages, double start, double bytes)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (string column in (string[])["by the clock", "by CPU time", "", "of the limit"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (Stage stage in stages)
        {
            table.AddRow(
                stage.Name, Number(stage.Wall), Number(stage.Cpu), stage.Unit, stage.Share?.ToString("P0", CultureInfo.InvariantCulture) ?? "");
        }

        table.AddRow("start to first step", Number(start), "", "s");
        table.AddRow("memory with 100,000 transitions", Number(bytes / 1e6), "", "MB");
        AnsiConsole.Write(table);
        Console.WriteLine(FormattableString.Invariant(
            $"Limits of one thread: {limits.Flops / 1e9:F0} GFLOP/s, {limits.CacheBytes / 1e9:F0} GB/s from the second-level cache, {limits.MemoryBytes / 1e9:F0} GB/s from memory"));
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
        Console.WriteLine("For comparison, the original: 94 minutes for 1,000,000 steps (178 a second), as its users report.");
    }

    private static JsonObject Json(MachineLimits limits, IReadOnlyList<Stage> stages, double start, double bytes) => new()
    {
        ["limits"] = new JsonObject
        {
            ["flopsPerSecond"] = limits.Flops,
            ["cacheBytesPerSecond"] = limits.CacheBytes,
            ["memoryBytesPerSecond"] = limits.MemoryBytes,
        },
        ["stages"] = new JsonArray([.. stages.Select(stage => new JsonObject
        {
            ["name"] = stage.Name,
            ["unit"] = stage.Unit,
            ["wall"] = stage.Wall,
            ["cpu"] = stage.Cpu,
            ["shareOfLimit"] = stage.Share,
        })]),
        ["secondsToFirstStep"] = start,
        ["bytesWithFullReplay"] = bytes,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["cores"] = Environment.ProcessorCount,
    };

    private static string Number(double value) => value.ToString(value switch { >= 1000 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);
}
