using System.Text.RegularExpressions;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>What the README shows is what CI builds and runs (.ci/snippets runs its shell blocks).</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_C_sharp_block_is_part_of_a_sample()
    {
        string root = SharedFolder.RepositoryRoot();
        string readme = Path.Combine(root, "README.md");
        Assert.SkipUnless(File.Exists(readme), "needs README.md");
        string[] samples = [.. Directory.GetFiles(Path.Combine(root, "samples"), "*.cs").Select(Lines)];
        Assert.All(
            CSharpBlock().Matches(Lines(readme)).Select(match => match.Groups[1].Value),
            block => Assert.Contains(samples, sample => sample.Contains(block, StringComparison.Ordinal)));
    }

    private static string Lines(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
