using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;

namespace RLTuner.Tests.Tuning;

/// <summary>A score of all that was played, and of nothing else; tells how many notes it scored.</summary>
internal sealed class AnyHistory(Action<int>? scoring = null) : IRule
{
    private int _scored;

    public string Name => "history";

    public double Score(MelodySoFar before, MelodyEvent next)
    {
        scoring?.Invoke(++_scored);
        int sum = before.Encoding.ClassOf(next);
        foreach (MelodyEvent played in before.Events)
        {
            sum = (sum * 7) + before.Encoding.ClassOf(played);
        }

        return (((sum % 11) + 11) % 11 - 5) * 0.5;
    }
}
