using System.Text.RegularExpressions;
using RLTuner.Composing;
using RLTuner.NoteRnn;

namespace RLTuner.Tests;

/// <summary>Data flows one way: a folder of the library may use only the folders above it in this list, and so no two use each other.</summary>
public sealed partial class LayerOrderTests
{
    private static readonly string[] Order =
    [
        "Numerics", "Files", "Settings",
        "Music", "Music.Analysis",
        "Scores", "Scores.Notation", "Scores.Midi", "Scores.MusicXml", "Scores.Abc", "Scores.Wave", "Scores.Writing",
        "Corpus", "Corpus.Reading", "Corpus.Building",
        "NoteRnn.Inputs", "NoteRnn", "NoteRnn.Packed", "NoteRnn.Training",
        "Composing",
        "Rules", "Rules.Corrected", "Rules.Magenta", "Rules.Musical",
        "Rewards", "Evaluation", "Evaluation.RuleTesting", "Ratings",
        "Learning", "Learning.Q.Replay", "Learning.Q", "Learning.PolicyGradient", "Tuning",
        "Runs", "Sweeps",
    ];

    [Fact]
    public void Every_folder_of_the_library_uses_only_the_folders_above_it()
    {
        Type[] types = [.. typeof(Composer).Assembly.GetTypes().Where(IsOurs)];
        Assert.Empty(types.Select(Folder).Distinct().Except(Order));
        IEnumerable<string> upward =
            from type in types
            from used in UsedTypes.Of(type).Where(IsOurs)
            where Rank(used) > Rank(type)
            select $"{Folder(type)}.{Outermost(type).Name} uses {Folder(used)}.{Outermost(used).Name}";
        string[] found = [.. upward.Distinct()];
        Assert.Empty(found);
    }

    [Fact]
    public void What_only_code_names_is_found_too() => Assert.Contains(typeof(NoteRnnStep), UsedTypes.Of(typeof(NoteRnnRun)));

    [Fact]
    public void Namespaces_follow_folders()
    {
        string sources = Path.Combine(SharedFolder.RepositoryRoot(), "src");
        IEnumerable<string> astray =
            from file in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(sources, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            let declared = Namespace().Match(File.ReadAllText(file))
            where declared.Success && declared.Groups[1].Value != folder && !folder.Contains(".obj", StringComparison.Ordinal)
            select $"{folder}: {Path.GetFileName(file)} declares {declared.Groups[1].Value}";
        Assert.Empty(astray);
    }

    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(Composer).Assembly && type.Namespace?.StartsWith("RLTuner.", StringComparison.Ordinal) == true;

    private static string Folder(Type type) => type.Namespace!["RLTuner.".Length..];

    private static int Rank(Type type) => Array.IndexOf(Order, Folder(type));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
