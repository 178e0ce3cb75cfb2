using System.Globalization;
using System.Text;
using System.Text.Json;
using RLTuner.Evaluation;
using RLTuner.Files;

namespace RLTuner.Reports.Sweeps;

/// <summary>What a sweep came to as files for other programs: a row a run, and a row a combination and figure.</summary>
internal static class SweepTables
{
    /// <summary>A row a run: its name, its values, its seed, every figure of the tuned net.</summary>
    public static void WriteRuns(string path, SweepResults results)
    {
        string[] values = ValueNames(results), figures = [.. results.Figures.Select(figure => figure.Name)];
        Save(path, Rows(results, values, figures));
    }

    /// <summary>The same as an object a line.</summary>
    public static void WriteRunsAsJson(string path, SweepResults results) => AtomicFile.Write(path, file =>
    {
        foreach (SweepResult run in results.Combinations.SelectMany(combination => combination.Runs))
        {
            using (Utf8JsonWriter writer = new(file))
            {
                writer.WriteStartObject();
                writer.WriteString("run", run.Run.Name);
                foreach ((string name, string value) in run.Run.Varied)
                {
                    writer.WritePropertyName(name);
                    WriteValue(writer, value);
                }

                writer.WriteNumber("seed", run.Run.Plan.Seed);
                foreach (Figure figure in run.Metrics.After.Figures)
                {
                    writer.WritePropertyName(figure.Name);
                    WriteNumber(writer, figure.Value);
                }

                writer.WriteEndObject();
            }

            file.WriteByte((byte)'\n');
        }
    });

    /// <summary>A row a combination and figure: count of seeds, mean, standard deviation, and both intervals.</summary>
    public static void WriteCombinations(string path, SweepResults results)
    {
        string[] values = ValueNames(results);
        IEnumerable<string[]> rows =
            from combination in results.Combinations
            from figure in results.Figures
            let over = combination.Over(figure.Name)
            select (string[])
            [
                .. values.Select(name => combination.Values.FirstOrDefault(value => value.Key == name).Value ?? ""), figure.Name, Text(over.Count), Text(over.Mean), Text(over.Deviation),
                Text(over.Student?.Low), Text(over.Student?.High), Text(over.Bootstrap?.Low), Text(over.Bootstrap?.High),
            ];
        Save(path, rows.Prepend([.. values, "figure", "seeds", "mean", "deviation", "student_low", "student_high", "bootstrap_low", "bootstrap_high"]));
    }

    private static IEnumerable<string[]> Rows(SweepResults results, string[] values, string[] figures) =>
        results.Combinations.SelectMany(combination => combination.Runs).Select(run => (string[])
        [
            run.Run.Name,
            .. values.Select(name => run.Run.Varied.FirstOrDefault(value => value.Key == name).Value ?? ""),
            Text(run.Run.Plan.Seed),
            .. figures.Select(figure => Text(run[figure])),
        ]).Prepend(["run", .. values, "seed", .. figures]);

    private static string[] ValueNames(SweepResults results) =>
        [.. results.Combinations.SelectMany(combination => combination.Values).Select(value => value.Key).Distinct()];

    private static void WriteValue(Utf8JsonWriter writer, string value)
    {
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            WriteNumber(writer, number);
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static string Text(IFormattable? value) => value is null or double.NaN ? "" : value.ToString(null, CultureInfo.InvariantCulture);

    private static void Save(string path, IEnumerable<string[]> rows) => AtomicFile.Write(path, file =>
    {
        using StreamWriter text = new(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (string[] row in rows)
        {
            text.WriteLine(string.Join(',', row.Select(Quoted)));
        }
    });

    /// <summary>As RFC 4180 has it.</summary>
    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
