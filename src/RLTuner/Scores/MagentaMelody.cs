using System.Globalization;
using RLTuner.Music;

namespace RLTuner.Scores;

/// <summary>Melodies as Magenta's commands take them: a list such as <c>[60, -2, 62, -1]</c>, a number a sixteenth.</summary>
public static class MagentaMelody
{
    private const int NoEvent = -2, NoteOff = -1, MaxEvents = 65536;

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
            : new Melody([.. numbers.Select(number => EventOf(number, text))]);
    }

    private static MelodyEvent EventOf(string number, string text) =>
        int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value is >= NoEvent and <= 127
            ? value switch { NoEvent => MelodyEvent.Hold, NoteOff => MelodyEvent.NoteOff, _ => MelodyEvent.NoteOn(new Pitch(value)) }
            : throw new FormatException(
                "expected a list such as \"[60, -2, 62]\" of pitches 0 to 127, -2 (no event) and -1 (note off), found "
                + (number.Length == 0 ? $"'{text}'" : $"'{number}'"));
}
