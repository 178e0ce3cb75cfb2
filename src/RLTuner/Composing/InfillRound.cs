using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>Some tries to fill the gaps of a melody, played side by side, and the one that was drawn in the end.</summary>
/// <param name="Events">The class numbers of the one that was drawn.</param>
/// <param name="LogEvidence">An estimate of log p of what stays, in nats, unbiased in p.</param>
/// <param name="EffectiveTries">The least number of effective tries at any gap.</param>
internal sealed record InfillRound(int[] Events, double LogEvidence, double EffectiveTries)
{
    /// <summary>Plays a round.</summary>
    public static InfillRound Play(IPolicy policy, Key key, Melody melody, ImmutableArray<bool> stays, int tries, int lookAhead, Sampling sampling, RandomSource random) =>
        new Player(policy, key, melody, stays, tries, lookAhead, sampling, random).Play();

    private sealed class Player(IPolicy policy, Key key, Melody melody, ImmutableArray<bool> stays, int tries, int lookAhead, Sampling sampling, RandomSource random)
    {
        /// <summary>What is held where no note sounds.</summary>
        private const int Silence = -1;

        private readonly int _classes = policy.Encoding.ClassCount;
        private readonly int[] _written = [.. melody.Events.Select((played, step) => stays[step] ? policy.Encoding.ClassOf(played) : MelodyEncoding.HoldClass)];
        private readonly int[] _sounding = Sounding(melody, policy.Encoding);

        // The tries: one as long as nothing was free or one was drawn, else as many as asked for.
        private int[][] _events = [new int[stays.Length]];
        private int[] _held = [Silence];
        private double[] _logWeights = [0];
        private double _logEvidence;
        private double _effective = tries;
        private int _stayed;

        public InfillRound Play()
        {
            IPolicyRun run = policy.Begin(1, [stays.Length]);
            float[] logits = new float[_classes], scratch = new float[_classes];
            bool isKnown = policy.KnowsBeginnings;
            if (isKnown)
            {
                run.Read([MelodyEncoding.NoEvent], logits, [0]);
            }

            for (int step = 0; step < stays.Length; step++)
            {
                if (!stays[step] && (step == 0 || stays[step - 1]))
                {
                    int[] from = Resampled(_events.Length < tries ? tries : 0);
                    if (from.Length > 0)
                    {
                        run = run.Fork(from);
                        logits = [.. from.SelectMany(row => logits[(row * _classes)..((row + 1) * _classes)])];
                    }
                }

                _stayed = stays[step] ? _stayed + 1 : 0;
                for (int row = 0; row < _events.Length; row++)
                {
                    Span<float> expected = logits.AsSpan(row * _classes, _classes);
                    int next = stays[step] ? Kept(step, _held[row])
                        : isKnown ? sampling.Choose(expected, random, scratch)
                        : new FirstNotePrimer(policy.Encoding, key).Draw(random)[0];
                    _logWeights[row] += stays[step] && isKnown && _events.Length > 1 ? Softmax.LogProbability(expected, next) : 0;
                    _events[row][step] = next;
                    _held[row] = next == MelodyEncoding.HoldClass ? _held[row] : next == MelodyEncoding.NoteOffClass ? Silence : next;
                }

                isKnown = true;
                if (_stayed == lookAhead && _events.Length > 1)
                {
                    int[] from = Resampled(1);
                    run = run.Fork(from);
                    logits = new float[_classes];
                }

                if (step + 1 < stays.Length)
                {
                    run.Read([.. _events.Select(row => row[step])], logits, [.. Enumerable.Repeat(step + 1, _events.Length)]);
                }
            }

            Resampled(1);
            return new InfillRound(_events[0], _logEvidence, _effective);
        }

        /// <summary>The event that makes a step sound as it is to stay.</summary>
        private int Kept(int step, int held) =>
            step == 0 || stays[step - 1] || _written[step] != MelodyEncoding.HoldClass || _sounding[step] == held ? _written[step]
            : _sounding[step] == Silence ? MelodyEncoding.NoteOffClass
            : _sounding[step];

        /// <summary>Draws tries by their weights, which are even then.</summary>
        /// <param name="count">How many; 0 for as many as there are, if their weights are no longer even.</param>
        /// <returns>From which try each goes on; none where all go on as they are.</returns>
        private int[] Resampled(int count)
        {
            double most = _logWeights.Max();
            float[] weights = [.. _logWeights.Select(weight => (float)Math.Exp(weight - most))];
            double sum = weights.Sum(weight => (double)weight), squares = weights.Sum(weight => (double)weight * weight);
            if (_events.Length > 1)
            {
                _effective = Math.Min(_effective, sum * sum / squares);
            }

            if (count == _events.Length || (count == 0 && squares * _events.Length <= sum * sum))
            {
                return [];
            }

            _logEvidence += most + Math.Log(sum / _events.Length);
            int[] from = [.. Enumerable.Range(0, count == 0 ? _events.Length : count).Select(_ => Softmax.Draw(weights, (float)sum, random))];
            _events = [.. from.Select(row => (int[])_events[row].Clone())];
            _held = [.. from.Select(row => _held[row])];
            _logWeights = new double[from.Length];
            return from;
        }

        /// <summary>[step]: the class of the note that sounds; silence where none does.</summary>
        private static int[] Sounding(Melody melody, MelodyEncoding encoding)
        {
            int[] sounding = new int[melody.Events.Length];
            int held = Silence;
            for (int step = 0; step < sounding.Length; step++)
            {
                MelodyEvent played = melody.Events[step];
                held = played.IsHold ? held : !played.StartsNote ? Silence : encoding.ClassOf(played);
                sounding[step] = held;
            }

            return sounding;
        }
    }
}
