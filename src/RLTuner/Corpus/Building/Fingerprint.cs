using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RLTuner.Music;

namespace RLTuner.Corpus.Building;

/// <summary>What a melody has in common with its transpositions: rhythm and intervals from its first note to the end of its last.</summary>
internal static class Fingerprint
{
    /// <summary>
    /// Equal for two melodies if and only if one is the other transposed, silence before and after aside; a hash, so that millions of
    /// them take little memory.
    /// </summary>
    public static string Of(Melody melody)
    {
        ArgumentNullException.ThrowIfNull(melody);
        ImmutableArray<MelodyEvent> events = melody.Events;
        MelodyNote[] notes = [.. melody.Notes()];
        if (notes.Length == 0)
        {
            return "";
        }

        int start = notes[0].Start;
        char[] letters = new char[notes[^1].Start + notes[^1].Length - start];
        int first = events[start].Pitch.MidiNumber;
        bool sounds = false;
        for (int i = 0; i < letters.Length; i++)
        {
            MelodyEvent @event = events[start + i];

            // Ending what does not sound changes nothing.
            letters[i] = @event.StartsNote ? (char)(1000 + @event.Pitch.MidiNumber - first)
                : @event.IsNoteOff && sounds ? 'o'
                : '-';
            sounds = @event.StartsNote || (sounds && !@event.IsNoteOff);
        }

        return Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes<char>(letters)));
    }
}
