using System.Globalization;
using RLTuner.Music;

namespace RLTuner.Scores;

/// <summary>Melodies in Magenta's numbers, which depend on no encoding: a list such as <c>[60, -2, 62, -1]</c>, a number a sixteenth.</summary>
public static class MagentaMelody
{
    /// <summary>The longest melody that is read, in events.</summary>
    public const int MaxEvents = 65536;

    private const int NoEvent = -2, NoteOff = -1;

    /// <summary>Reads a list: pitches 0 to 127 start notes, -2 is no event (the note or the silence goes on), -1 ends the note. The brackets may be missing.</summary>
    /// <exception cref="FormatException">The text is no such list, or holds no event; the message says what was found.</exception>
    public static Melody Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string list = text.Trim();
        list = list.StartsWith('[') && list.EndsWith(']') ? list[1..^1] : list;
        string[] numbers = list.Split(',', StringSplitOptions.TrimEntries);
        return numbers.Length > MaxEvents
            ? throw new FormatException($"expected at most {MaxEvents} events, found {numbers.Length}")
            : new Melody([.. numbers.Select(number => int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                ? EventOf(value)
                : throw Malformed(number.Length == 0 ? text : number))]);
    }

    /// <summary>The melody of such numbers.</summary>
    /// <exception cref="FormatException">There are too many, or one means nothing; the message says what was found.</exception>
    public static Melody Of(IReadOnlyCollection<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return numbers.Count > MaxEvents
            ? throw new FormatException($"expected at most {MaxEvents} events, found {numbers.Count}")
            : new Melody([.. numbers.Select(EventOf)]);
    }

    /// <summary>A melody as numbers; <see cref="Of"/> reads them.</summary>
    public static int[] NumbersOf(Melody melody)
    {
        ArgumentNullException.ThrowIfNull(melody);
        return [.. melody.Events.Select(played => played.StartsNote ? played.Pitch.MidiNumber : played.IsHold ? NoEvent : NoteOff)];
    }

    private static MelodyEvent EventOf(int number) => number switch
    {
        NoEvent => MelodyEvent.Hold,
        NoteOff => MelodyEvent.NoteOff,
        >= 0 and <= 127 => MelodyEvent.NoteOn(new Pitch(number)),
        _ => throw Malformed(number.ToString(CultureInfo.InvariantCulture)),
    };

    private static FormatException Malformed(string found) =>
        new($"expected a list such as \"[60, -2, 62]\" of pitches 0 to 127, -2 (no event) and -1 (note off), found '{found}'");
}
