using System.Collections.Immutable;

namespace RLTuner.NoteRnn;

/// <summary>
/// The Note RNNs that come with the library: one LSTM layer of 100 units over 38 classes, C3 to B5, which this project trained on openly
/// licensed melodies. Their card, models/README.md, says on which, how, and how well they predict.
/// </summary>
public static class ShippedNoteRnn
{
    /// <summary>The net that is meant where none is named.</summary>
    public const string Shipped = "shipped";

    /// <summary>The net of Jaques et al. (2017), which hears events alone.</summary>
    public const string Plain = "plain";

    /// <summary>The names of the nets.</summary>
    public static ImmutableArray<string> Names { get; } = [Shipped, Plain];

    /// <summary>Reads a net; each call gives one of its own.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no net of that name.</exception>
    public static NoteRnnModel Load(string name = Shipped)
    {
        using Stream stream = typeof(ShippedNoteRnn).Assembly.GetManifestResourceStream($"RLTuner.{name}{NoteRnnFile.Extension}")
            ?? throw new ArgumentException($"expected the name of a net that comes with the library ({string.Join(", ", Names)}), found '{name}'", nameof(name));
        return NoteRnnFile.Load(stream, $"the net '{name}' of the library");
    }
}
