using System.Runtime.InteropServices;

namespace RLTuner.Music.Analysis;

/// <summary>The notes attacked so far, and how many there were of each length and each motion.</summary>
public sealed class NotesSoFar
{
    /// <summary>The longest length that is told from longer ones, in steps.</summary>
    public const int Longest = 16;

    /// <summary>The size that stands for every motion wider than an octave.</summary>
    public const int Widest = 13;

    private readonly List<Attack> _attacks = [];
    private readonly int[] _lengths = new int[Longest + 1], _motions = new int[Widest + 1];

    /// <summary>Every attack, in order; valid until the next event is played.</summary>
    public ReadOnlySpan<Attack> Attacks => CollectionsMarshal.AsSpan(_attacks);

    /// <summary>How many notes lasted so many steps from attack to attack, by steps; the note that was attacked last is not among them.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>How many motions from one attack to the next were so wide, by semitones.</summary>
    public ReadOnlySpan<int> Motions => _motions;

    /// <summary>The greatest strength of the steps since the latest attack, its own included; the greatest of all before any attack.</summary>
    public int StrongestSinceAttack { get; private set; } = TimeSignature.BarLine;

    internal void Append(MelodyEvent next, int step, int strength)
    {
        StrongestSinceAttack = next.StartsNote ? strength : Math.Max(StrongestSinceAttack, strength);
        if (!next.StartsNote)
        {
            return;
        }

        if (_attacks.Count > 0)
        {
            Attack last = _attacks[^1];
            _lengths[Math.Min(step - last.Step, Longest)]++;
            _motions[Math.Min((next.Pitch - last.Pitch).Size, Widest)]++;
        }

        _attacks.Add(new Attack(step, next.Pitch));
    }

    internal void Clear()
    {
        _attacks.Clear();
        StrongestSinceAttack = TimeSignature.BarLine;
        Array.Clear(_lengths);
        Array.Clear(_motions);
    }
}

/// <summary>The start of a note.</summary>
/// <param name="Step">When, from 0.</param>
/// <param name="Pitch">What.</param>
public readonly record struct Attack(int Step, Pitch Pitch);
