using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Rules;
using RLTuner.Tuning;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner bench</c>: how fast the main job runs here.</summary>
internal static class BenchCommand
{
    private const int Repeats = 5, Steps = 60_000, Melodies = 1000;

    public static Command Create()
    {
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "bench",
            "Measure the speed of the main job on this machine.",
            """
            Measures the main job on this machine: the paper's net (LSTM 100, 38 classes, random weights) and recipe (batch 32, an
            update every 5th note, all nine rules), on one thread. Medians of repeats; CPU time is what the job would take alone.
            """)
        {
            format,
        };
        command.SetAction(parsed =>
        {
            NoteRnnModel net = RandomNet();
            Composer composer = new(new NoteRnnPolicy(net), new RandomNotePrimer(net.Encoding.ClassCount));
            List<(string Name, string Unit, double Wall, double Cpu)> rows =
            [
                Rate("tuning, corrected rules", "steps/s", Steps, () => Tune(net, Compatibility.Corrected, Steps)),
                Rate("tuning, Magenta's rules", "steps/s", Steps, () => Tune(net, Compatibility.Magenta, Steps)),
                Rate("tuning, two threads", "steps/s", Steps, () => Tune(net, Compatibility.Corrected, Steps, 2)),
                Rate("composing 1,000 melodies of 32", "melodies/s", Melodies, () => composer.Compose(Melodies, length: 32, seed: 1)),
            ];
            if (format.Read(parsed) == OutputFormat.Json)
            {
                Console.WriteLine(new JsonObject(rows.Select(row => KeyValuePair.Create(
                    row.Name, (JsonNode?)new JsonObject { ["unit"] = row.Unit, ["wall"] = row.Wall, ["cpu"] = row.Cpu }))).ToJsonString());
                return ExitCode.Done;
            }

            Table table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(new TableColumn("by the clock").RightAligned())
                .AddColumn(new TableColumn("by CPU time").RightAligned()).AddColumn("");
            foreach ((string name, string unit, double wall, double cpu) in rows)
            {
                table.AddRow(name, wall.ToString("N0", CultureInfo.InvariantCulture), cpu.ToString("N0", CultureInfo.InvariantCulture), unit);
            }

            AnsiConsole.Write(table);
            Console.WriteLine($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
            Console.WriteLine("For comparison, the original: 178 steps/s, 20 melodies/s (as its users report).");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tune(NoteRnnModel net, Compatibility compatibility, int steps, int threads = 1)
    {
        RuleSet rules = compatibility == Compatibility.Magenta
            ? RulePresets.Magenta(RewardMode.MusicTheoryAll)
            : RulePresets.Corrected(RewardMode.MusicTheoryAll, Key.CMajor);
        new Tuner(net, rules, new RandomNotePrimer(net.Encoding.ClassCount), TimeSignature.CommonTime, new TunerOptions
        {
            Compatibility = compatibility,
            Threads = threads,
            TrainingSteps = steps,
            ExplorationSteps = steps / 2,
            OutputEveryNth = steps,
        }).Run();
    }

    private static (string, string, double, double) Rate(string name, string unit, double work, Action job)
    {
        double[] wall = new double[Repeats], cpu = new double[Repeats];
        job();
        for (int i = 0; i < Repeats; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().UserProcessorTime;
            long start = Stopwatch.GetTimestamp();
            job();
            wall[i] = work / Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu[i] = work / (Process.GetCurrentProcess().UserProcessorTime - before).TotalSeconds;
        }

        Array.Sort(wall);
        Array.Sort(cpu);
        return (name, unit, wall[Repeats / 2], cpu[Repeats / 2]);
    }

    private static NoteRnnModel RandomNet()
    {
        NoteRnnWeights weights = new(NoteRnnShape.Paper);
        RandomSource random = new(1, "bench");
        for (int i = 0; i < weights.Values.Length; i++)
        {
            weights.Values[i] = (float)(0.2 * (random.NextDouble() - 0.5));
        }

        return new NoteRnnModel(weights, MelodyEncoding.Default);
    }
}
