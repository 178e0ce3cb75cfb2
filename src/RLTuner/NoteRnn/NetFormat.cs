using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.NoteRnn;

/// <summary>A kind of file that nets are read from: the one place where a format plugs in.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Endings">The endings of its files, with the dot, in lower case. An empty one fits every name: such a format stands last.</param>
/// <param name="Read">The net of a file, or of a folder. What cannot be read throws, saying where, what was expected and what was found.</param>
/// <param name="Write">Writes a net to a file; null where the format is only read.</param>
public sealed record NetFormat(
    string Name, ImmutableArray<string> Endings, Func<string, ExpectedNet, NoteRnnModel> Read, Action<NoteRnnModel, string>? Write = null)
{
    /// <summary>The formats that this library reads: our own.</summary>
    public static ImmutableArray<NetFormat> Known { get; } =
    [
        new("safetensors", [NoteRnnFile.Extension], (path, expected) => expected.Of(NoteRnnFile.Load(path), path), NoteRnnFile.Save),
    ];

    /// <summary>The format of a file by its name's ending, null where none fits.</summary>
    public static NetFormat? Of(string path, IEnumerable<NetFormat> formats)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(formats);
        return formats.FirstOrDefault(format => format.Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>What the caller knows of a net before it is read.</summary>
/// <param name="Classes">Its class count; null for any.</param>
/// <param name="Lowest">The pitch of class 2, whatever the file says; null for what it says, or where it does not, C3.</param>
public sealed record ExpectedNet(int? Classes = null, Pitch? Lowest = null)
{
    /// <summary>The net as expected.</summary>
    /// <param name="found">The net as read.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="NoteRnnFormatException">It has another number of classes.</exception>
    public NoteRnnModel Of(NoteRnnModel found, string path)
    {
        ArgumentNullException.ThrowIfNull(found);
        return Classes is int expected && expected != found.Shape.Classes
            ? throw new NoteRnnFormatException(
                $"{path}: expected a net with {expected} output classes, found {found.Shape.Classes}. Pass --classes {found.Shape.Classes} or a matching net.")
            : Lowest is Pitch lowest ? found with { Encoding = new MelodyEncoding(lowest, found.Encoding.ClassCount).Validated() } : found;
    }
}
