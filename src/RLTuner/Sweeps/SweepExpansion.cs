using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using Point = System.Collections.Immutable.ImmutableArray<System.Collections.Generic.KeyValuePair<string, string>>;

namespace RLTuner.Sweeps;

/// <summary>Makes a plan into runs, and checks all of it on the way: what comes out can be run.</summary>
internal static class SweepExpansion
{
    /// <summary>More runs than anybody waits for.</summary>
    private const int MostRuns = 100_000;

    private static readonly Point None = [];

    /// <summary>The runs of a plan: the same plan gives the same, and one with more lines the same and more.</summary>
    /// <param name="plan">What to try.</param>
    /// <param name="source">What the plan is called in messages, such as the path of its file.</param>
    /// <param name="netOf">Gives a net by its name or path.</param>
    /// <param name="environment">Reads files of melodies.</param>
    /// <exception cref="SweepFormatException">The plan says something that cannot be; the message says where.</exception>
    /// <exception cref="IOException">A file of melodies cannot be read.</exception>
    public static PlannedRuns Expand(SweepPlan plan, string source, Func<string, NoteRnnModel> netOf, RunEnvironment environment)
    {
        Point shared = Values(plan.Base, $"{source}: base");
        if (plan.Seeds.Count == 0 || plan.Seeds.Distinct().Count() < plan.Seeds.Count)
        {
            throw new SweepFormatException($"{source}: seeds: expected one or more, each once, found {(plan.Seeds.Count == 0 ? "none" : "one twice")}");
        }

        Point[] points = [.. Combinations(plan, source).Concat(plan.Include.Select((entry, i) => Values(entry, $"{source}: include[{i}]")))];
        RunMaker maker = new(netOf, environment);
        Dictionary<string, PlannedRun> runs = [];
        foreach (Point point in points)
        {
            foreach (ulong seed in plan.Seeds)
            {
                string name = RunName.Of(point, seed);
                PlannedRun run = new(name, point, Checked($"{source}: {name}", () => maker.Make([.. shared, .. point, new(RunValue.Seed, seed.ToString(CultureInfo.InvariantCulture))])));
                if (runs.TryGetValue(name, out PlannedRun? same) && !same.Varied.SequenceEqual(point))
                {
                    throw new SweepFormatException($"{source}: expected runs of different names, found two called {name} (give the files different names)");
                }

                runs.TryAdd(name, run);
            }
        }

        return new PlannedRuns([.. runs.Values], maker.Nets);
    }

    /// <summary>Grid by draws, less what is excluded; the last name changes fastest. Nothing to combine is no combination.</summary>
    private static Point[] Combinations(SweepPlan plan, string source)
    {
        foreach ((string name, _) in plan.Grid.Where(list => list.Value.Count == 0))
        {
            throw new SweepFormatException($"{source}: grid.{name}: expected one or more values, found none");
        }

        Point[] draws = SweepDrawing.Points(plan.Draws, $"{source}: draws");
        BigInteger count = plan.Grid.Values.Aggregate((BigInteger)draws.Length, (product, values) => product * values.Count) + plan.Include.Count;
        if (count * plan.Seeds.Count > MostRuns)
        {
            throw new SweepFormatException($"{source}: expected at most {MostRuns} runs, found {count * plan.Seeds.Count} (try fewer values, or draw some at random)");
        }

        if (plan.Grid.Count == 0 && plan.Draws is null)
        {
            return plan.Exclude.Count > 0 ? throw new SweepFormatException($"{source}: exclude: expected a grid or draws to leave out of, found neither")
                : plan.Include.Count == 0 ? [None] : [];
        }

        if (plan.Draws?.Ranges.Keys.FirstOrDefault(plan.Grid.ContainsKey) is { } twice)
        {
            throw new SweepFormatException($"{source}: {twice}: expected it in grid or draws, found it in both");
        }

        IEnumerable<Point> points = [None];
        foreach ((string name, IReadOnlyList<string> values) in plan.Grid)
        {
            string[] texts = [.. values.Select((value, i) => Text(name, value, $"{source}: grid.{name}[{i}]"))];
            if (texts.Distinct().Count() < texts.Length)
            {
                throw new SweepFormatException($"{source}: grid.{name}: expected each value once, found one twice");
            }

            points = points.SelectMany(point => texts.Select(text => point.Add(new(name, text))));
        }

        Point[] all = [.. points.SelectMany(point => draws.Select(draw => point.AddRange(draw)))];
        foreach ((int i, IReadOnlyDictionary<string, string> entry) in plan.Exclude.Index())
        {
            string where = $"{source}: exclude[{i}]";
            Point pattern = Values(entry, where);
            Point[] kept = [.. all.Where(point => pattern.Any(value => !point.Contains(value)))];
            all = pattern.Length > 0 && kept.Length < all.Length
                ? kept
                : throw new SweepFormatException($"{where}: expected values of the grid to leave out, found {(pattern.Length == 0 ? "none" : "no combination that has them")}");
        }

        return all;
    }

    private static Point Values(IReadOnlyDictionary<string, string> values, string where) =>
        [.. values.Select(value => KeyValuePair.Create(value.Key, Text(value.Key, value.Value, $"{where}.{value.Key}")))];

    private static string Text(string name, string value, string where) => Checked(where, () => RunValue.Text(name, value));

    internal static T Checked<T>(string where, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new SweepFormatException($"{where}: {PlainText.WithoutParameter(error.Message)}", error);
        }
    }
}
