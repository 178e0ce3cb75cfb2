using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>
/// The newest two whole states of a run, <c>step-NNNNNNNNN.state</c>. Each knows the checksum of the lines of progress before it, so that
/// the two are never taken up together where one was changed.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="progressPath">The file of progress.</param>
internal sealed class RunStates(string folder, string progressPath)
{
    private const int Kept = 2;

    private const string BeginAnew = "begin the run anew on purpose by --restart";

    /// <summary>Saving may take the inverse of it of a run's time.</summary>
    private const double ShareOfTime = 50;

    private Stopwatch? _sinceSaved;
    private TimeSpan _saving;

    /// <summary>
    /// Saves a state where that takes no more than a fiftieth of the time since the last one, or the run ends. So little is lost when it is
    /// killed, and little time spent.
    /// </summary>
    public void Save(Tuner tuner, bool last)
    {
        if (!last && _sinceSaved is { } since && since.Elapsed < ShareOfTime * _saving)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        OutputFolder.Make(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"step-{tuner.Step:D9}.state"));
        tuner.SaveState(path, ProgressNote(new FileInfo(progressPath).Length)!);
        foreach (string old in NewestFirst().Skip(Kept))
        {
            File.Delete(old);
        }

        _saving = Stopwatch.GetElapsedTime(start);
        _sinceSaved = Stopwatch.StartNew();
    }

    /// <summary>
    /// Goes on from the newest state that can be used, and forgets those after it; starts from the beginning where none was saved yet.
    /// </summary>
    /// <param name="create">Makes a tuner that has not begun.</param>
    /// <param name="warn">Hears which states are passed over, and why.</param>
    /// <returns>The tuner, and how long the file of progress was.</returns>
    /// <exception cref="NoteRnnFormatException">There are states, but none can be used.</exception>
    public (Tuner Tuner, long ProgressLength) Restore(Func<Tuner> create, Action<string> warn)
    {
        List<string> unusable = [];
        string? problem = null;
        foreach (string path in NewestFirst())
        {
            Tuner tuner = create();
            try
            {
                string note = tuner.RestoreState(path);
                if (!long.TryParse(note.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long length) || ProgressNote(length) != note)
                {
                    throw new InvalidDataException($"{progressPath}: expected what stood there when {Path.GetFileName(path)} was saved, found something else");
                }

                unusable.ForEach(File.Delete);
                return (tuner, length);
            }
            catch (InvalidDataException error)
            {
                problem = error.Message;
                unusable.Add(path);
                warn($"{error.Message}; trying the state before it");
            }
        }

        return problem is null
            ? (NothingIsLost(create()), 0)
            : throw new NoteRnnFormatException($"{problem}; no state of the run is left to go on from ({BeginAnew})");
    }

    /// <summary>A state comes before each line: where there are lines without one, somebody took it away, and to begin again would lose them.</summary>
    private Tuner NothingIsLost(Tuner fresh) => RegularFile.LengthOf(new FileInfo(progressPath)) > 0 && File.ReadLines(progressPath).Count() is > 0 and var lines
        ? throw new NoteRnnFormatException(
            $"{folder}: expected a state to go on from, found none; to begin again would lose {lines} lines of progress and their nets (bring the folder back, or {BeginAnew})")
        : fresh;

    private IEnumerable<string> NewestFirst() =>
        (Directory.Exists(folder) ? Directory.GetFiles(folder, "step-*.state") : []).OrderDescending(StringComparer.Ordinal);

    /// <summary>How long the file of progress was, and the checksum of that much of it; nothing where it is shorter.</summary>
    private string? ProgressNote(long length)
    {
        byte[] bytes = RegularFile.ReadAllBytes(progressPath);
        return length > bytes.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{length} {Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, (int)length)))}");
    }
}
