using RLTuner.TensorFlow.Records;


namespace RLTuner.Cli.Tests;

/// <summary>Whether two run folders hold the same run, byte for byte.</summary>
internal static class SameRun
{
    /// <summary>
    /// Fails the test unless they do. Of states only the newest counts: when the one before was written is a matter of time. In TensorBoard's
    /// events the time of day may differ.
    /// </summary>
    /// <param name="expected">The folder of a run that was never stopped.</param>
    /// <param name="found">The other.</param>
    /// <param name="but">Files that may differ.</param>
    public static void Assert(string expected, string found, params string[] but)
    {
        string[] files = FilesIn(expected);
        Xunit.Assert.Equal(files, FilesIn(found));
        foreach (string file in files.Except(but))
        {
            string first = Path.Combine(expected, file), second = Path.Combine(found, file);
            bool same = file.StartsWith("tensorboard", StringComparison.Ordinal)
                ? Events(first).SequenceEqual(Events(second))
                : File.ReadAllBytes(first).AsSpan().SequenceEqual(File.ReadAllBytes(second));
            Xunit.Assert.True(same, $"{file}: expected the bytes of the run that was never stopped, found others in {found}");
        }
    }

    /// <summary>Copies a folder with all that is in it.</summary>
    public static string Copy(string from, string to)
    {
        foreach (string file in Runs.FilesIn(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }

        return to;
    }

    private static string[] FilesIn(string folder)
    {
        string[] files = Runs.FilesIn(folder);
        string? newest = files.Where(IsState).Max(StringComparer.Ordinal);
        return [.. files.Where(file => !IsState(file) || file == newest)];
    }

    private static bool IsState(string file) => file.StartsWith("state", StringComparison.Ordinal);

    /// <summary>Each event as text, without its first field: a byte of tag, 8 of time.</summary>
    private static IEnumerable<string> Events(string path) => TFRecordFile.Read(path).Select(record => Convert.ToHexString(record.Data.Span[9..]));
}
