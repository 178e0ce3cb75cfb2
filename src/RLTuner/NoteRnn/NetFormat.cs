using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.NoteRnn;

/// <summary>A kind of file that nets are read from and written to: the one place where a format plugs in.</summary>
/// <param name="Name">What messages call it, and commands that write it.</param>
/// <param name="Endings">The endings of its files, with the dot, in lower case. An empty one fits every name: such a format stands last.</param>
/// <param name="Read">The net of a file, or of a folder. What cannot be read throws, saying where, what was expected and what was found.</param>
/// <param name="Write">Writes a net that is within <see cref="Carries"/>; null where the format is only read.</param>
public sealed record NetFormat(
    string Name, ImmutableArray<string> Endings, Func<string, ExpectedNet, NoteRnnModel> Read, Action<NoteRnnModel, string>? Write = null)
{
    /// <summary>The formats that this library reads: our own.</summary>
    public static ImmutableArray<NetFormat> Known { get; } =
    [
        new("safetensors", [NoteRnnFile.Extension], (path, expected) => expected.Of(NoteRnnFile.Load(path), path), NoteRnnFile.Save),
    ];

    /// <summary>What its files can say of a net beside its weights; everything, unless it is said otherwise.</summary>
    public NetCapacity Carries { get; init; } = new();

    /// <summary>The format of a file by its name's ending, null where none fits.</summary>
    public static NetFormat? Of(string path, IEnumerable<NetFormat> formats)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(formats);
        return formats.FirstOrDefault(format => format.Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether a net can be written, as it is or made fit for the format.</summary>
    public bool CanHold(NoteRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            return Write is not null && FittedNet.For(model, this) is not null;
        }
        catch (NoteRnnFormatException)
        {
            return false;
        }
    }

    /// <summary>Writes a net, made fit for the format where that is needed.</summary>
    /// <param name="model">The net.</param>
    /// <param name="path">Where to. An older file is replaced, a folder is not.</param>
    /// <returns>What the file does not say or says in another form, a sentence each; none where it says all.</returns>
    /// <exception cref="NoteRnnFormatException">The format cannot hold such a net; the message says why. Nothing is written.</exception>
    /// <exception cref="NotSupportedException">The format is only read.</exception>
    /// <exception cref="IOException">The place cannot be written, or is taken. Nothing is left behind.</exception>
    public ImmutableArray<string> Export(NoteRnnModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Write is null)
        {
            throw new NotSupportedException($"nets of the format {Name} are only read");
        }

        FittedNet fitted = FittedNet.For(model, this);
        Write(fitted.Model, path);
        return fitted.Remarks;
    }
}

/// <summary>What the files of a format can say of a net beside its weights.</summary>
public sealed record NetCapacity
{
    /// <summary>Protocol buffers and our own file end below 2 GiB; a mebibyte is left for names and shapes.</summary>
    public const long DefaultMostBytes = (2L << 30) - (1 << 20);

    /// <summary>That it hears more than the last event.</summary>
    public bool Inputs { get; init; } = true;

    /// <summary>A second net whose logits are added.</summary>
    public bool Prior { get; init; } = true;

    /// <summary>That it knows how melodies begin.</summary>
    public bool Beginning { get; init; } = true;

    /// <summary>Which pitch class 2 is.</summary>
    public bool Range { get; init; } = true;

    /// <summary>The most bytes that its weights may take.</summary>
    public long MostBytes { get; init; } = DefaultMostBytes;
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
