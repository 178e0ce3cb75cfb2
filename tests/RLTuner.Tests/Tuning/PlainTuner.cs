using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>
/// The loop of SEMANTICS section 3 as plainly as it can be written: what is played, stored, learned from and reported when. The
/// nets and their update are the library's; nothing of its bookkeeping is.
/// </summary>
/// <param name="o">Options.</param>
/// <param name="model">The net to tune.</param>
/// <param name="primers">Melodies to prime with; null for a random note.</param>
/// <param name="primerNotes">How many classes a random prime is drawn from.</param>
/// <param name="firstNotes">Classes that a melody's first note is drawn from; null where it is the net's.</param>
/// <param name="score">The only rule, over class numbers.</param>
internal sealed class PlainTuner(SmallRunOptions o, NoteRnnModel model, int[][]? primers, int primerNotes, Func<int, int[], int, double> score, int[]? firstNotes = null)
{
    private readonly bool _magenta = o.Quirks == Quirks.Magenta;
    private readonly RandomSource _acting = new(o.Seed, "acting"), _priming = new(o.Seed, "priming"), _replaying = new(o.Seed, "replay");
    private readonly Minibatch _batch = new(model.Shape, o.MinibatchSize);
    private readonly List<Row> _replay = [];
    private readonly List<int> _melody = [];
    private NoteRnnState _tunedState = new(model.Shape, 1), _noteRnnState = new(model.Shape, 1);
    private int _prime, _heard, _stored;

    /// <summary>A transition; two with equal numbers differ in their states, which are objects of their own.</summary>
    private sealed record Row(
        int Note, int Action, float Reward, int NextNote, bool Ended, NoteRnnState State, NoteRnnState Next, NoteRnnState NextPrior);

    public NoteRnnWeights Tuned { get; private set; } = model.Weights.Clone();

    public NoteRnnWeights NoteRnn { get; private set; } = model.Weights.Clone();

    public List<string> Asked { get; } = [];

    /// <summary>Label, steps, total, theory, log p, epsilon, mean loss, last.</summary>
    public List<(long, long, double, double, double, double, double, bool)> Windows { get; } = [];

    public void Run()
    {
        bool isG = o.Algorithm.Name == "g";
        if (isG && !_magenta)
        {
            Tuned.OutputKernel.Clear();
            Tuned.OutputBias.Clear();
        }

        QNetworks learner = new(Tuned, NoteRnn, o.Learner, o.Quirks, _batch, new Partner(threads: 1));
        int classes = model.Encoding.ClassCount;
        long clock = 0, storeCalls = 0, trainCalls = 0, inWindow = 0, updates = 0;
        double total = 0, theory = 0, noteRnn = 0, losses = 0;
        Prime();
        for (long i = 0; i < o.TrainingSteps; i++)
        {
            if (firstNotes is not null && _melody.Count == 0)
            {
                _heard = firstNotes[_priming.Next(firstNotes.Length)];
                double first = score(0, [], _heard);
                Asked.Add(RecordingRule.Line(0, [], _heard));
                (inWindow, total, theory) = (inWindow + 1, total + (o.RewardScaler * first), theory + first);
                _melody.Add(_heard);
                AfterNote(i);
                continue;
            }

            (NoteRnnState after, float[] scores) = Hear(Tuned, _tunedState, _heard);
            (NoteRnnState priorAfter, float[] logits) = Hear(NoteRnn, _noteRnnState, _heard);
            float[] policy = isG ? [.. scores.Zip(logits, (a, b) => a + b)] : scores;
            clock++;
            (int played, int credited) = Act(policy, clock, classes);

            double rule = score(_prime, [.. _melody], played);
            Asked.Add(RecordingRule.Line(_prime, _melody, played));
            double logProbability = Softmax.LogProbability(logits, played);
            double reward = (o.RewardScaler * rule) + (o.Algorithm.Name is "q" or "psi" ? logProbability : 0);
            if (storeCalls % o.StoreEveryNth == 0)
            {
                bool ended = !_magenta && _melody.Count + 1 == o.MelodyLength;
                Store(new Row(_heard, credited, (float)reward, played, ended, _tunedState, after, priorAfter));
            }

            storeCalls++;
            (inWindow, total, theory, noteRnn) = (inWindow + 1, total + reward, theory + rule, noteRnn + logProbability);
            _melody.Add(played);
            (_heard, _tunedState, _noteRnnState) = (played, after, priorAfter);
            AfterNote(i);
        }

        Report(o.TrainingSteps, finished: true);

        void AfterNote(long i)
        {
            bool abandoned = false;
            bool report = _magenta ? i > 0 && i % o.OutputEveryNth == 0 : (i + 1) % o.OutputEveryNth == 0;
            if (report && i + 1 < o.TrainingSteps)
            {
                Report(_magenta ? i : i + 1, finished: false);
                if (_magenta)
                {
                    clock += (long)o.EvaluationMelodies * o.MelodyLength;
                    abandoned = true;
                }
            }

            if (trainCalls % o.TrainEveryNth != 0)
            {
                trainCalls++;
            }
            else if (_replay.Count >= o.MinibatchSize)
            {
                trainCalls++;
                updates++;
                Draw();
                losses += learner.Update();
                (Tuned, NoteRnn) = (learner.Tuned(), learner.NoteRnn());
            }

            if (_melody.Count == o.MelodyLength || abandoned)
            {
                Prime();
            }
        }

        void Report(long label, bool finished)
        {
            Windows.Add((label, inWindow, total, o.RewardScaler * theory, noteRnn, Epsilon(clock + 1), losses / updates, finished));
            (inWindow, updates, total, theory, noteRnn, losses) = (0, 0, 0, 0, 0, 0);
        }
    }

    private (int Played, int Credited) Act(float[] policy, long action, int classes)
    {
        bool greedy = o.ExplorationMode == ExplorationMode.EpsilonGreedy;
        if (greedy && _acting.NextDouble() < Epsilon(action))
        {
            int any = _acting.Next(_magenta ? classes - 1 : classes);
            return (any, any);
        }

        int best = Array.IndexOf(policy, policy.Max());
        if (greedy && !o.StochasticObservations)
        {
            return (best, best);
        }

        int sampled = Softmax.Sample(policy, _acting, new float[classes]);
        return (sampled, _magenta ? best : sampled);
    }

    private double Epsilon(long action) =>
        o.ExplorationMode == ExplorationMode.Boltzmann ? 0
        : Math.Max(o.RandomActionProbability, 1 - (action * (1 - o.RandomActionProbability) / o.ExplorationSteps));

    private void Prime()
    {
        _melody.Clear();
        (_tunedState, _noteRnnState) = (new NoteRnnState(model.Shape, 1), new NoteRnnState(model.Shape, 1));
        if (firstNotes is not null)
        {
            _prime = 0;
            return;
        }

        if (primers is null)
        {
            _prime = _heard = _priming.Next(primerNotes);
            return;
        }

        int[] primer = DrawPrimer();
        float[] guess = [];
        foreach (int note in primer.SkipLast(1))
        {
            (_tunedState, guess) = Hear(Tuned, _tunedState, note);
        }

        _heard = primer[^1];
        if (_magenta)
        {
            _heard = Array.IndexOf(guess, guess.Max());
            primer = DrawPrimer();
        }

        foreach (int note in primer.SkipLast(1))
        {
            _noteRnnState = Hear(NoteRnn, _noteRnnState, note).After;
        }

        _prime = _heard;
    }

    private int[] DrawPrimer() => primers!.Length == 1 ? primers[0] : primers[_priming.Next(primers.Length)];

    /// <summary>The oldest row gives way: the k-th stored is where k modulo the capacity says.</summary>
    private void Store(Row row)
    {
        if (_replay.Count < o.MaxExperience)
        {
            _replay.Add(row);
        }
        else
        {
            _replay[_stored % o.MaxExperience] = row;
        }

        _stored++;
    }

    private void Draw()
    {
        Minibatch batch = _batch;
        List<Row> all = [];
        while (all.Count < batch.Size)
        {
            Row candidate = _replay[_replaying.Next(_replay.Count)];
            if (!all.Contains(candidate))
            {
                all.Add(candidate);
            }
        }

        foreach ((int row, Row drawn) in all.Index())
        {
            batch.Inputs[row] = new(drawn.Note);
            batch.Actions[row] = drawn.Action;
            batch.Rewards[row] = drawn.Reward;
            batch.NextInputs[row] = new(drawn.NextNote);
            batch.Ended[row] = drawn.Ended;
            Copy(drawn.State, batch.State, row);
            Copy(drawn.Next, batch.NextState, row);
            Copy(drawn.NextPrior, batch.NextPriorState, row);
        }
    }

    private static void Copy(NoteRnnState from, NoteRnnState to, int row)
    {
        float[] values = new float[from.RowLength];
        from.SaveRow(0, values);
        to.RestoreRow(row, values);
    }

    private static (NoteRnnState After, float[] Logits) Hear(NoteRnnWeights weights, NoteRnnState before, int note)
    {
        NoteRnnState after = new(weights.Shape, 1);
        float[] logits = new float[weights.Shape.Classes];
        new NoteRnnStep(weights.Shape, 1).Forward(weights, [note], before, after, logits);
        return (after, logits);
    }
}
