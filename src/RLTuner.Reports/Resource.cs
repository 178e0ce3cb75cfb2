using System.Text;

namespace RLTuner.Reports;

/// <summary>The style sheets and the script that lie beside the code and are part of the assembly.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"no resource {name}");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
