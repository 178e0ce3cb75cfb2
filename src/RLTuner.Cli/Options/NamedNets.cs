using RLTuner.Cli.Display;
using RLTuner.Files;
using RLTuner.TensorFlow.Published;

namespace RLTuner.Cli.Options;

/// <summary>Nets that have a name instead of a path. A file or folder of such a name is meant by a path with a folder in it: <c>./magenta</c>.</summary>
internal static class NamedNets
{
    /// <summary>The Note RNN that Magenta published; fetched at its first use.</summary>
    public const string Magenta = "magenta";

    /// <summary>The file of a named net; anything else is a path already.</summary>
    public static string PathOf(string nameOrPath) => nameOrPath == Magenta ? Fetched(PublishedNoteRnn.FromEnvironment()) : nameOrPath;

    private static string Fetched(PublishedNoteRnn net)
    {
        using DownloadLine line = new(net.Address);
        return net.FetchAsync(line.Show, remark => Console.Error.WriteLine($"rltuner: {PlainText.Of(remark)}")).GetAwaiter().GetResult();
    }
}
