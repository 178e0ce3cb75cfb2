using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Files;
using RLTuner.TensorFlow.MagentaJs;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>What a path leads to.</summary>
/// <param name="Kind">The kind of checkpoint.</param>
/// <param name="Prefix">The path that all its files' names begin with; of Magenta.js the folder.</param>
/// <param name="Files">V1: its files. Bundle: the file. V2: none, they follow from the prefix.</param>
internal sealed record CheckpointLocation(CheckpointKind Kind, string Prefix, IReadOnlyList<string> Files);

/// <summary>Finds the checkpoint that a user means by a file, a prefix or a folder.</summary>
internal static partial class CheckpointLocator
{
    private const string IndexEnding = ".index";
    private const string GraphEnding = ".meta";
    private const string BundleEnding = ".mag";
    private const int MostShards = 99_999;

    /// <summary>Finds it.</summary>
    /// <exception cref="CheckpointFormatException">There is none, several, or only a part.</exception>
    public static CheckpointLocation Find(string path) =>
        MagentaJsAt(path) is { } folder ? new CheckpointLocation(CheckpointKind.MagentaJs, folder, []) : Directory.Exists(path) ? FindInFolder(path) : FindFile(path);

    /// <summary>Whether a path looks like a checkpoint, be it whole or damaged.</summary>
    public static bool LooksLikeOne(string path)
    {
        if (path.Length == 0)
        {
            return false;
        }

        if (Directory.Exists(path))
        {
            return MagentaJsAt(path) is not null || File.Exists(Path.Combine(path, CheckpointState.FileName)) || Prefixes(path).Count > 0;
        }

        string name = Path.GetFileName(path);
        bool named = name.EndsWith(BundleEnding, StringComparison.OrdinalIgnoreCase)
            || DataName().IsMatch(name) || CheckpointName().IsMatch(name);
        if (File.Exists(path))
        {
            return named || name.EndsWith(IndexEnding, StringComparison.Ordinal) || name == CheckpointState.FileName || IsTable(path);
        }

        return File.Exists(path + IndexEnding)
            || Listed(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", "*-of-*").Any(file => IsShardOf(file, name));
    }

    /// <summary>The number that ends a prefix, as in <c>model.ckpt-1994</c>.</summary>
    public static long? StepOf(string prefix) =>
        StepEnding().Match(Path.GetFileName(prefix)) is { Success: true } match
        && long.TryParse(match.Groups["step"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step
            : null;

    /// <summary>The folder of Magenta.js that a path is or lies in; null for any other.</summary>
    private static string? MagentaJsAt(string path)
    {
        string? folder = Directory.Exists(path) ? Path.TrimEndingDirectorySeparator(path)
            : Path.GetFileName(path) is MagentaJsFolder.ManifestName or MagentaJsFolder.ConfigName ? Path.GetDirectoryName(Path.GetFullPath(path))
            : null;
        return folder is not null && File.Exists(Path.Combine(folder, MagentaJsFolder.ManifestName)) ? folder : null;
    }

    private static CheckpointLocation FindFile(string path)
    {
        string name = Path.GetFileName(path);
        if (name == CheckpointState.FileName && File.Exists(path) && !IsTable(path))
        {
            return FindInFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        if (name.EndsWith(BundleEnding, StringComparison.OrdinalIgnoreCase))
        {
            return new CheckpointLocation(CheckpointKind.MagentaBundle, path, [path]);
        }

        if (name.EndsWith(IndexEnding, StringComparison.Ordinal))
        {
            return new CheckpointLocation(CheckpointKind.V2, path[..^IndexEnding.Length], []);
        }

        if (DataName().Match(name) is { Success: true } data)
        {
            return new CheckpointLocation(CheckpointKind.V2, path[..^data.Groups["ending"].Length], []);
        }

        string prefix = name.EndsWith(GraphEnding, StringComparison.Ordinal) ? path[..^GraphEnding.Length] : path;
        if (ShardName().Match(name) is { Success: true } shard)
        {
            prefix = path[..^shard.Groups["ending"].Length];
        }

        return FindPrefix(prefix) ?? throw new CheckpointFormatException(
            path, "expected a checkpoint file, its prefix, a folder with one, or a .mag bundle, found no such file (check the path)");
    }

    private static CheckpointLocation? FindPrefix(string prefix)
    {
        if (File.Exists(prefix + IndexEnding))
        {
            return new CheckpointLocation(CheckpointKind.V2, prefix, []);
        }

        if (File.Exists(prefix))
        {
            return new CheckpointLocation(CheckpointKind.V1, prefix, [prefix]);
        }

        List<string> shards = Shards(prefix);
        return shards.Count > 0 ? new CheckpointLocation(CheckpointKind.V1, prefix, shards) : null;
    }

    private static CheckpointLocation FindInFolder(string folder)
    {
        if (CheckpointState.Latest(folder) is string named)
        {
            return FindPrefix(named) ?? throw new CheckpointFormatException(
                Path.Combine(folder, CheckpointState.FileName),
                $"expected the checkpoint {Path.GetFileName(named)} that it names beside it, found none (give the path of another)");
        }

        HashSet<string> prefixes = Prefixes(folder);
        if (prefixes.Count == 0)
        {
            throw new CheckpointFormatException(folder, "expected a folder with a checkpoint, found none in it (check the path)");
        }

        // Without a step number, one beside another leaves no way to tell which is the latest.
        string? unnumbered = prefixes.Order(StringComparer.Ordinal).FirstOrDefault(prefix => StepOf(prefix) is null);
        if (unnumbered is not null && prefixes.Count > 1)
        {
            string found = string.Join(", ", prefixes.Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(8));
            throw new CheckpointFormatException(folder, $"expected one checkpoint or step numbers to choose by, found {found}. "
                + "Name one of them");
        }

        string latest = prefixes.OrderByDescending(prefix => StepOf(prefix)).ThenBy(prefix => prefix, StringComparer.Ordinal).First();
        return FindPrefix(latest)!;
    }

    private static HashSet<string> Prefixes(string folder)
    {
        HashSet<string> prefixes = new(StringComparer.Ordinal);
        foreach (string file in Listed(folder, "*"))
        {
            string name = Path.GetFileName(file);
            if (name.EndsWith(IndexEnding, StringComparison.Ordinal))
            {
                prefixes.Add(file[..^IndexEnding.Length]);
            }
            else if (!DataName().IsMatch(name) && !name.EndsWith(GraphEnding, StringComparison.Ordinal) && IsTable(file))
            {
                Match shard = ShardName().Match(name);
                prefixes.Add(shard.Success ? file[..^shard.Groups["ending"].Length] : file);
            }
        }

        return prefixes;
    }

    /// <summary>The files of a V1 checkpoint in several; empty if there are none.</summary>
    private static List<string> Shards(string prefix)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(prefix)) ?? ".";
        string stem = Path.GetFileName(prefix);
        List<string> found = [.. Listed(folder, "*-of-*").Where(file => IsShardOf(file, stem))];
        if (found.Count == 0)
        {
            return [];
        }

        // An older save with another number of files may lie beside; the lowest number that is whole wins.
        List<int> counts = [.. found.Select(file => ShardName().Match(Path.GetFileName(file)).Groups["count"])
            .Select(count => int.Parse(count.ValueSpan, CultureInfo.InvariantCulture))
            .Where(count => count is > 0 and <= MostShards).Distinct().Order()];
        List<string> missing = [];
        foreach (int count in counts)
        {
            List<string> names = [.. Enumerable.Range(0, count).Select(i =>
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{stem}-{i:D5}-of-{count:D5}")))];
            missing = [.. names.Where(name => !File.Exists(name))];
            if (missing.Count == 0)
            {
                return names;
            }
        }

        throw new CheckpointFormatException(
            stem, "expected all files of the checkpoint, "
                + $"found {missing.Count} missing, the first {missing.Select(Path.GetFileName).FirstOrDefault()}");
    }

    private static bool IsShardOf(string file, string stem) =>
        ShardName().Match(Path.GetFileName(file)) is { Success: true } match && match.Groups["stem"].ValueSpan.SequenceEqual(stem);

    private static string[] Listed(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointFormatException(folder, FileProblem.Words(e, folder), e);
        }
    }

    private static bool IsTable(string file)
    {
        try
        {
            return SortedTable.HasMagic(new FileSource(file));
        }
        catch (CheckpointFormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"(?<ending>\.data-[0-9]{5}-of-[0-9]{5})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex DataName();

    [GeneratedRegex(
        @"^(?<stem>.*)(?<ending>-[0-9]{5}-of-(?<count>[0-9]{5}))\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ShardName();

    [GeneratedRegex(@"\.ckpt(-[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex CheckpointName();

    [GeneratedRegex(@"-(?<step>[0-9]+)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex StepEnding();
}
