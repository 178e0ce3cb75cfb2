using RLTuner.Music;

namespace RLTuner.Tests.Rules;

/// <summary>Melodies written by hand: note names, <c>-</c> for a hold, <c>.</c> for a note off, each followed by holds with <c>*n</c>.</summary>
internal static class MelodyText
{
    private const string Letters = "C D EF G A B";

    /// <summary>Reads <c>C4 E4*4 . Bb4 -</c>: <c>E4*4</c> is an attack and three holds.</summary>
    public static MelodyEvent[] Read(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word =>
        {
            string[] parts = word.Split('*');
            int length = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
            return Enumerable.Repeat(MelodyEvent.Hold, length - 1).Prepend(EventOf(parts[0]));
        }),
    ];

    private static MelodyEvent EventOf(string name)
    {
        if (name is "-" or ".")
        {
            return name == "-" ? MelodyEvent.Hold : MelodyEvent.NoteOff;
        }

        int accidental = name[1] switch { '#' => 1, 'b' => -1, _ => 0 };
        int pitchClass = Letters.IndexOf(name[0], StringComparison.Ordinal) + accidental;
        return MelodyEvent.NoteOn(new Pitch(pitchClass + (12 * (name[^1] - '0' + 1))));
    }
}
