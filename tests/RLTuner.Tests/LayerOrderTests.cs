using System.Text.RegularExpressions;

namespace RLTuner.Tests;

/// <summary>Data flows one way: a folder of the library may use only the folders above it in this list.</summary>
public sealed partial class LayerOrderTests
{
    private static readonly string[] Order =
    [
        "Numerics", "Files", "Music", "Music.Analysis", "Scores", "Corpus", "NoteRnn", "Composing", "Rules", "Evaluation", "Tuning",
    ];

    [Fact]
    public void Every_folder_of_the_library_uses_only_the_folders_above_it()
    {
        string library = Path.Combine(SharedFolder.RepositoryRoot(), "src", "RLTuner");
        List<string> upward = [];
        foreach (string file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(library, file).Replace('\\', '/');
            if (relative.StartsWith("obj/", StringComparison.Ordinal) || relative.StartsWith("bin/", StringComparison.Ordinal))
            {
                continue;
            }

            int own = RankOf(Path.GetDirectoryName(relative)!.Replace('/', '.').Replace('\\', '.'));
            Assert.True(own >= 0, $"{relative} lies in no folder of the list");
            upward.AddRange(
                from Match use in UsedFolder().Matches(File.ReadAllText(file))
                where RankOf(use.Groups[1].Value) > own
                select $"{relative} uses {use.Groups[1].Value}");
        }

        Assert.Empty(upward);
    }

    /// <summary>The deepest listed folder that contains it: Rules.Corrected counts as Rules.</summary>
    private static int RankOf(string folder) =>
        Array.FindLastIndex(Order, listed => folder == listed || folder.StartsWith(listed + '.', StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?RLTuner\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsedFolder();
}
