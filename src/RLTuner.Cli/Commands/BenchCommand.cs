using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using RLTuner.Benchmarking;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner bench</c>: how fast the main job runs here, and how fast it could.</summary>
internal static class BenchCommand
{
    /// <summary>Does the steps that follow in this process, prints how much memory that took, and ends.</summary>
    private const string InThisProcess = "--steps-in-this-process";

    public static Command Create()
    {
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        Option<long?> inThisProcess = new(InThisProcess) { Hidden = true };
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
                Console.WriteLine(FreshProcess.Run(steps));
                return ExitCode.Done;
            }

            bool json = format.Read(parsed) == OutputFormat.Json;
            Bench bench = Bench.Measure(new FreshProcess("bench", InThisProcess), json ? _ => { } : Terminal.Status);
            if (json)
            {
                Console.WriteLine(Json(bench).ToJsonString());
            }
            else
            {
                Console.WriteLine();
                Print(bench);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Bench bench)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (string column in (string[])["by the clock", "by CPU time", "", "of the limit"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (Stage stage in bench.Stages)
        {
            table.AddRow(
                stage.Name, Number(stage.Wall), Number(stage.Cpu), stage.Unit, stage.Share?.ToString("P0", CultureInfo.InvariantCulture) ?? "");
        }

        table.AddRow("start to first step", Number(bench.SecondsToFirstStep), "", "s");
        table.AddRow("memory with 100,000 transitions", Number(bench.BytesOfFullReplay / 1e6), "", "MB");
        AnsiConsole.Write(table);
        Console.WriteLine(FormattableString.Invariant(
            $"Limits of one thread: {bench.Limits.Flops / 1e9:F0} GFLOP/s, {bench.Limits.CacheBytes / 1e9:F0} GB/s from the second-level cache, {bench.Limits.MemoryBytes / 1e9:F0} GB/s from memory"));
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
        Console.WriteLine("For comparison, the original: 94 minutes for 1,000,000 steps (178 a second), as its users report.");
    }

    private static JsonObject Json(Bench bench) => new()
    {
        ["limits"] = new JsonObject
        {
            ["flopsPerSecond"] = bench.Limits.Flops,
            ["cacheBytesPerSecond"] = bench.Limits.CacheBytes,
            ["memoryBytesPerSecond"] = bench.Limits.MemoryBytes,
        },
        ["stages"] = new JsonArray([.. bench.Stages.Select(stage => new JsonObject
        {
            ["name"] = stage.Name,
            ["unit"] = stage.Unit,
            ["wall"] = stage.Wall,
            ["cpu"] = stage.Cpu,
            ["shareOfLimit"] = stage.Share,
        })]),
        ["secondsToFirstStep"] = bench.SecondsToFirstStep,
        ["bytesWithFullReplay"] = bench.BytesOfFullReplay,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["cores"] = Environment.ProcessorCount,
    };

    private static string Number(double value) => value.ToString(value switch { >= 1000 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);
}
