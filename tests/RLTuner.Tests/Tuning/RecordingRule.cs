using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;

namespace RLTuner.Tests.Tuning;

/// <summary>Scores by a plain function of class numbers, and writes down what it was asked about the melody that is being tuned on.</summary>
/// <param name="score">The score of the next class after the classes played and the one heard before them.</param>
internal sealed class RecordingRule(Func<int, int[], int, double> score) : IRule
{
    private readonly List<string> _asked = [];
    private readonly Dictionary<MelodySoFar, int> _primes = [];
    private MelodySoFar? _tunedOn;

    public string Name => "recording";

    /// <summary>One line a step: the prime, the events played, the next one.</summary>
    public IReadOnlyList<string> Asked => _asked;

    public static string Line(int prime, IEnumerable<int> played, int next) => $"{prime} | {string.Join(' ', played)} > {next}";

    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int[] played = [.. before.Events.ToArray().Select(before.Encoding.ClassOf)];
        if (played.Length == 0)
        {
            _primes[before] = before.Encoding.ClassOf(before.Previous);
        }

        int prime = _primes[before], nextClass = before.Encoding.ClassOf(next);

        // Evaluation asks about melodies of its own; the one that is tuned on is always the same object, and comes first.
        _tunedOn ??= before;
        if (ReferenceEquals(_tunedOn, before))
        {
            _asked.Add(Line(prime, played, nextClass));
        }

        return score(prime, played, nextClass);
    }
}
