namespace RLTuner.Cli.Tests;

/// <summary>Runs of a few hundred steps, and a look into their folders.</summary>
internal static class Runs
{
    /// <summary>Tunes for 320 steps in two windows.</summary>
    public static Result Tune(string net, string folder, params string[] options) => Tune(net, folder, 160, options);

    /// <summary>Tunes for 320 steps in windows of some length.</summary>
    public static Result Tune(string net, string folder, int window, params string[] options) => Rltuner.Run(
        ["tune", "--note-rnn", net, "--output-dir", folder, "--training-steps", "320", "--output-every-nth", $"{window}", .. options]);

    /// <summary>The names of a folder's files, subfolders included, in order.</summary>
    public static string[] FilesIn(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    /// <summary>The bytes of the net with the most steps.</summary>
    public static byte[] LastNet(string folder) =>
        File.ReadAllBytes(Directory.GetFiles(Path.Combine(folder, "checkpoints")).Max(StringComparer.Ordinal)!);
}
