using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary><c>runs.jsonl</c>: a run a line, both ways.</summary>
internal static partial class RunLines
{
    private const int LongestLine = 1 << 20;

    private static readonly RunPlanFile Plans = new(Learners.All);

    /// <summary>Writes the file; an older one is replaced.</summary>
    public static void Write(string path, IEnumerable<PlannedRun> runs) => AtomicFile.Write(path, file =>
    {
        foreach (PlannedRun run in runs)
        {
            using (Utf8JsonWriter writer = new(file))
            {
                writer.WriteStartObject();
                writer.WriteString("name", run.Name);
                writer.WriteStartObject("varied");
                foreach ((string name, string text) in run.Varied)
                {
                    writer.WriteString(name, text);
                }

                writer.WriteEndObject();
                writer.WritePropertyName("plan");
                Plans.Write(run.Plan, writer);
                writer.WriteEndObject();
            }

            file.WriteByte((byte)'\n');
        }
    });

    /// <summary>Reads the file.</summary>
    /// <exception cref="SweepFormatException">A line is damaged; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImmutableArray<PlannedRun> Read(string path)
    {
        using StreamReader text = new(RegularFile.OpenRead(path));
        BoundedLineReader lines = new(text, LongestLine);
        ImmutableArray<PlannedRun>.Builder runs = ImmutableArray.CreateBuilder<PlannedRun>();
        HashSet<string> names = [];
        try
        {
            while (lines.TryRead(out string line))
            {
                RunLine stored = JsonSerializer.Deserialize(line, SweepFolderJson.Default.RunLine) ?? throw new FormatException("found null");
                runs.Add(IsName().IsMatch(stored.Name) && names.Add(stored.Name)
                    ? new PlannedRun(stored.Name, [.. stored.Varied], Plans.Read(stored.Plan, stored.Name))
                    : throw new FormatException($"expected names of folders, each once, found '{stored.Name}'"));
            }
        }
        catch (Exception error) when (error is JsonException or FormatException or NoteRnnFormatException)
        {
            throw new SweepFormatException(PlainText.Of(FormattableString.Invariant(
                $"{path}, line {lines.LineNumber}: expected a run as 'sweep plan' wrote it, found something else ({error.Message})")), error);
        }

        return runs.ToImmutable();
    }

    /// <summary>A plan as a text that tells it from others.</summary>
    public static string HashOf(RunPlan plan) => Plans.Hash(plan);

    /// <summary>What <see cref="RunName"/> makes: a name from elsewhere could lead out of the folder.</summary>
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9=,.~#+_-]*$")]
    private static partial Regex IsName();
}
