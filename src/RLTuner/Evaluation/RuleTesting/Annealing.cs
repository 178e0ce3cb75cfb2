using System.Globalization;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Rules;

namespace RLTuner.Evaluation.RuleTesting;

/// <summary>
/// Finds the melody that rules like best, by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): what a learner would play that
/// cared for nothing else.
/// </summary>
public sealed record Annealing
{
    private const double Hottest = 3, Coldest = .05;

    /// <summary>Changes tried in each attempt.</summary>
    public int Changes { get; init; } = 60_000;

    /// <summary>Attempts from the start; the best counts.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Searches.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="encoding">The pitches allowed.</param>
    /// <param name="timeSignature">The metre.</param>
    /// <param name="length">Steps of the melody.</param>
    /// <param name="seed">Start of the random streams, one an attempt.</param>
    /// <param name="progress">Told the share that is done, now and then, from any thread.</param>
    public Melody Best(RuleSet rules, MelodyEncoding encoding, TimeSignature timeSignature, int length, ulong seed, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(encoding);
        (double Score, MelodyEvent[] Events)[] found = new (double, MelodyEvent[])[Attempts];
        int done = 0;
        Parallel.For(0, Attempts, attempt =>
        {
            RandomSource random = new(seed, string.Create(CultureInfo.InvariantCulture, $"annealing {attempt}"));
            MelodyJudge judge = new(rules, encoding, timeSignature, length);
            found[attempt] = Search(judge, encoding, timeSignature.StepsPerBar(), length, random, () => progress?.Invoke(Interlocked.Increment(ref done) / 100.0 / Attempts));
        });
        return new Melody([.. found.MaxBy(each => each.Score).Events]);
    }

    private (double Score, MelodyEvent[] Events) Search(
        MelodyJudge judge, MelodyEncoding encoding, int stepsPerBar, int length, RandomSource random, Action hundredth)
    {
        MelodyEvent[] now = new MelodyEvent[length], other = new MelodyEvent[length];
        for (int step = 0; step < length; step += 2)
        {
            now[step] = AnyNote(encoding, random);
        }

        double score = judge.Score(now), best = score;
        MelodyEvent[] bestEvents = [.. now];
        for (int change = 0; change < Changes; change++)
        {
            double temperature = Hottest * Math.Pow(Coldest / Hottest, (double)change / Changes);
            now.CopyTo(other, 0);
            Change(other, encoding, stepsPerBar, random);
            double changed = judge.Score(other);
            if (changed >= score || random.NextDouble() < Math.Exp((changed - score) / temperature))
            {
                (now, other, score) = (other, now, changed);
                if (score > best)
                {
                    best = score;
                    now.CopyTo(bestEvents, 0);
                }
            }

            if (change % Math.Max(1, Changes / 100) == 0)
            {
                hundredth();
            }
        }

        return (best, bestEvents);
    }

    /// <summary>One event anew, a note moved in time or in pitch, or a bar taken up again.</summary>
    private static void Change(MelodyEvent[] events, MelodyEncoding encoding, int stepsPerBar, RandomSource random)
    {
        int step = random.Next(events.Length);
        switch (random.Next(16))
        {
            case < 4:
                events[step] = random.Next(3) switch { 0 => MelodyEvent.Hold, 1 when random.Next(3) == 0 => MelodyEvent.NoteOff, _ => AnyNote(encoding, random) };
                break;
            case < 9 when events[step].StartsNote:
                Pitch moved = events[step].Pitch + new Interval(random.Next(9) - 4);
                events[step] = encoding.Contains(moved) ? MelodyEvent.NoteOn(moved) : events[step];
                break;
            case < 15:
                int next = Math.Clamp(step + random.Next(5) - 2, 0, events.Length - 1);
                (events[step], events[next]) = (events[next], events[step]);
                break;
            case 15 when events.Length > stepsPerBar:
                int from = random.Next(events.Length / stepsPerBar) * stepsPerBar, to = random.Next(events.Length / stepsPerBar) * stepsPerBar;
                int count = Math.Min(random.Next(stepsPerBar) + 1, events.Length - Math.Max(from, to));
                Array.Copy(events, from, events, to, count);
                break;
        }
    }

    private static MelodyEvent AnyNote(MelodyEncoding encoding, RandomSource random) =>
        encoding.EventOf(MelodyEncoding.FirstPitchClass + random.Next(encoding.ClassCount - MelodyEncoding.FirstPitchClass));
}
