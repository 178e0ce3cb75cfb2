using RLTuner.Music.Analysis;

namespace RLTuner.Tests.Music.Analysis;

/// <summary>The original's reading of class numbers, worked out anew by looking back over all of them.</summary>
internal sealed class PlainMagentaReading(int[] history)
{
    public int LatestNote => history.Where(entry => entry > 1).DefaultIfEmpty(MagentaReading.NoNote).Last();

    public bool IsExcessive(int next)
    {
        int count = 0;
        bool breaks = false;
        bool held = false;
        foreach (int entry in history.Reverse())
        {
            if (entry == next)
            {
                count++;
            }
            else if (entry > 1)
            {
                break;
            }
            else
            {
                breaks |= entry == 0;
                held |= entry == 1;
            }
        }

        return (next == 0 && count > 1) || (!breaks && !held && count > 4) || ((breaks || held) && count > 6);
    }

    public int DistinctNotesInMotif(int next) => history.Length < 7 ? 0 : Motif(next).Where(entry => entry > 1).Distinct().Count();

    public bool MotifCameBefore(int next)
    {
        if (history.Length < 7)
        {
            return false;
        }

        int[] motif = Motif(next);
        ReadOnlySpan<int> earlier = history.AsSpan(0, history.Length - 7);
        return earlier.IndexOf(motif) >= 0;
    }

    private int[] Motif(int next) => [.. history[^7..], next];
}
