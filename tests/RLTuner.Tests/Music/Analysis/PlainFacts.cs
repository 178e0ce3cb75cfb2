using RLTuner.Music;

namespace RLTuner.Tests.Music.Analysis;

/// <summary>The facts of a melody worked out anew from all its events by their definitions: the oracle of the incremental ones.</summary>
internal sealed class PlainFacts(MelodyEvent[] events, int count, int stepsPerBar)
{
    private const int Leap = 7;

    public (int Pitch, int Step)[] Attacks { get; } =
        [.. Enumerable.Range(0, count).Where(step => events[step].StartsNote).Select(step => (events[step].Pitch.MidiNumber, step))];

    public int StepsWithoutAttack => Attacks.Length == 0 ? count : count - 1 - Attacks[^1].Step;

    public int? LatestOther => Attacks.Where(attack => attack.Pitch != Attacks[^1].Pitch).Select(attack => (int?)attack.Pitch).LastOrDefault();

    public int RunLength => Attacks.Reverse().TakeWhile(attack => attack.Pitch == Attacks[^1].Pitch).Count();

    public bool RunIsBroken => Attacks.Length > 0 && Attacks[^RunLength].Step + RunLength != count;

    public bool IsSounding => Attacks.Length > 0 && Enumerable.Range(Attacks[^1].Step, count - Attacks[^1].Step).All(step => !events[step].IsNoteOff);

    /// <summary>Works back from the latest leap: it waits unless a later motion turned back.</summary>
    public int LeapDirection
    {
        get
        {
            int[] motions = Motions();
            int leap = Array.FindLastIndex(motions, motion => Math.Abs(motion) >= Leap);
            return leap < 0 || motions[(leap + 1)..].Any(motion => motion * motions[leap] < 0) ? 0 : Math.Sign(motions[leap]);
        }
    }

    /// <summary>The step of the last attack that was the first to turn back after a leap, by less than one.</summary>
    public int LatestResolution
    {
        get
        {
            int[] motions = Motions();
            int latest = -1;
            for (int leap = 0; leap < motions.Length; leap++)
            {
                int back = Array.FindIndex(motions, leap + 1, motion => Math.Abs(motion) >= Leap || motion * motions[leap] < 0);
                bool resolves = Math.Abs(motions[leap]) >= Leap && back >= 0 && Math.Abs(motions[back]) < Leap;
                latest = resolves ? Math.Max(latest, Attacks[back + 1].Step) : latest;
            }

            return latest;
        }
    }

    public int BarStart => count / stepsPerBar * stepsPerBar;

    public int[] PitchesInBar => [.. Attacks.Where(attack => attack.Step >= BarStart).Select(attack => attack.Pitch).Distinct()];

    public bool WouldRepeat(MelodyEvent next)
    {
        MelodyEvent[] bar = [.. events[BarStart..count], next];
        return Enumerable.Range(0, BarStart / stepsPerBar)
            .Any(earlier => events.AsSpan(earlier * stepsPerBar, bar.Length).SequenceEqual(bar));
    }

    /// <summary>By the definition with mean and variance.</summary>
    public static double Autocorrelation(int[] values, int lag)
    {
        if (values.Distinct().Count() < 2)
        {
            return double.NaN;
        }

        double mean = values.Average();
        double variance = values.Average(value => (value - mean) * (value - mean));
        double products = Enumerable.Range(0, Math.Max(0, values.Length - lag)).Sum(i => (values[i] - mean) * (values[i + lag] - mean));
        return products / values.Length / variance;
    }

    private int[] Motions() => [.. Attacks.Zip(Attacks.Skip(1), (from, to) => to.Pitch - from.Pitch)];
}
