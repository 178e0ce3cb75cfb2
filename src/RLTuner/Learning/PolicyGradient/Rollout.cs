using RLTuner.Composing;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.NoteRnn.Training;
using RLTuner.Numerics;

namespace RLTuner.Learning.PolicyGradient;

/// <summary>
/// Some melodies of a batch: plays them side by side by the tuned net while the Note RNN hears the same, scores them, and takes the gradient of
/// their loss back through time. Touches only what is its own, so that rollouts may go on side by side.
/// </summary>
internal sealed class Rollout
{
    private readonly LearningTask _task;
    private readonly NoteRnnWeights _tuned, _noteRnn;
    private readonly PlayedMelodies _played;
    private readonly int _first;
    private readonly float _entropyWeight;
    private readonly RandomSource _random;
    private readonly MelodySoFar _melody;
    private readonly NoteRnnSequences _sequences;
    private readonly NoteRnnStep _noteRnnStep;
    private readonly InputRow[] _inputs, _noteRnnInputs;
    private readonly MelodyPlan _plan;
    private readonly int[][] _events;
    private readonly int[] _primerLengths;
    private readonly int _given;
    private NoteRnnState _before, _after;
    private float[] _probabilities = [], _costs = [];
    private int _steps;

    /// <summary>Prepares the buffers.</summary>
    /// <param name="task">What is to be learned.</param>
    /// <param name="tuned">The net that plays, as it is at each time.</param>
    /// <param name="played">Receives what is known of the notes.</param>
    /// <param name="first">The first melody that is its own.</param>
    /// <param name="melodies">How many are.</param>
    /// <param name="entropyWeight">What a nat of entropy is worth, where a nat of distance costs 1.</param>
    /// <param name="random">Draws primers and notes.</param>
    public Rollout(LearningTask task, NoteRnnWeights tuned, PlayedMelodies played, int first, int melodies, float entropyWeight, RandomSource random)
    {
        (_task, _tuned, _noteRnn, _played, _first, _entropyWeight, _random) = (task, tuned, task.NoteRnn.Weights, played, first, entropyWeight, random);
        _melody = new MelodySoFar(task.NoteRnn.Encoding, task.MelodyLength, task.TimeSignature);
        _plan = new MelodyPlan(task.TimeSignature.StepsPerBar(), task.MelodyLength);
        _sequences = new NoteRnnSequences(tuned.Shape);
        _noteRnnStep = new NoteRnnStep(_noteRnn.Shape, melodies);
        _inputs = new InputRow[melodies * tuned.Shape.Inputs.MostRows];
        _noteRnnInputs = new InputRow[melodies * _noteRnn.Shape.Inputs.MostRows];
        (_before, _after) = (new NoteRnnState(_noteRnn.Shape, melodies), new NoteRnnState(_noteRnn.Shape, melodies));
        _events = [.. Enumerable.Range(0, melodies).Select(_ => new int[task.MelodyLength + 1])];
        _primerLengths = new int[melodies];
        _given = task.Primer.GivesFirst ? 1 : 0;
        Gradient = new NoteRnnWeights(tuned.Shape);
    }

    /// <summary>The gradient of its melodies' share of the loss.</summary>
    public NoteRnnWeights Gradient { get; }

    private int Melodies => _events.Length;

    private int Classes => _tuned.Shape.Classes;

    /// <summary>Plays and scores its melodies.</summary>
    public void Play()
    {
        Prime();
        for (int step = 0; step < _steps; step++)
        {
            Span<float> logits = Listen(step, out Span<float> others);
            for (int melody = 0; melody < Melodies; melody++)
            {
                int note = Note(melody, step);
                if (IsDrawn(note))
                {
                    Span<float> probabilities = logits.Slice(melody * Classes, Classes);
                    Draw(melody, note, probabilities, others.Slice(melody * Classes, Classes));
                }
            }

            logits.CopyTo(_probabilities.AsSpan(step * Melodies * Classes));
        }

        for (int melody = 0; melody < Melodies; melody++)
        {
            Score(melody);
        }
    }

    /// <summary>The gradient, when the advantages are there.</summary>
    /// <param name="weight">What a nat of distance costs.</param>
    /// <param name="scale">Factor on the loss of each note.</param>
    public void Differentiate(float weight, float scale)
    {
        Span<float> gradients = _costs.AsSpan(0, _steps * Melodies * Classes);
        for (int step = 0; step < _steps; step++)
        {
            for (int melody = 0; melody < Melodies; melody++)
            {
                int note = Note(melody, step), row = ((step * Melodies) + melody) * Classes, at = At(melody, note);
                Span<float> gradient = gradients.Slice(row, Classes);
                if (!IsDrawn(note))
                {
                    gradient.Clear();
                    continue;
                }

                PolicyLoss.Gradient(
                    _probabilities.AsSpan(row, Classes), gradient, _played.Costs[at], _events[melody][_primerLengths[melody] + note],
                    scale * _played.Advantages[at], scale * weight, gradient);
            }
        }

        _sequences.Backward(_tuned, gradients, Gradient);
    }

    /// <summary>Writes where the random stream stands: all that outlives a batch.</summary>
    public void Save(BinaryWriter section) => _random.Save(section);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader section) => _random.Restore(section);

    /// <summary>Which note of a melody comes after a step; negative while the primer is heard, or the nothing before all that nets hear which know beginnings.</summary>
    private int Note(int melody, int step) => step - LastHeardBefore(_primerLengths[melody]);

    /// <summary>Whether a note is one of the melody that the net draws.</summary>
    private bool IsDrawn(int note) => note >= _given && note < _played.Length;

    /// <summary>The step that hears the last of what comes before a melody.</summary>
    private int LastHeardBefore(int primer) => primer + (_task.NoteRnn.KnowsBeginnings ? 1 : 0) - 1;

    private int At(int melody, int note) => ((_first + melody) * _played.Length) + note;

    private void Prime()
    {
        int longest = 0;
        for (int melody = 0; melody < Melodies; melody++)
        {
            ReadOnlySpan<int> drawn = _task.Primer.Draw(_random);
            int primer = drawn.Length - _given;
            if (LastHeardBefore(drawn.Length) < 0)
            {
                throw new ArgumentException("expected a primer, found none: the net was not taught how melodies begin");
            }

            if (_events[melody].Length < primer + _played.Length)
            {
                _events[melody] = new int[primer + _played.Length];
            }

            drawn.CopyTo(_events[melody]);
            _primerLengths[melody] = primer;
            longest = Math.Max(longest, primer);
        }

        _steps = LastHeardBefore(longest) + _played.Length;
        if (_costs.Length < _steps * Melodies * Classes)
        {
            _costs = new float[_steps * Melodies * Classes];
            _probabilities = new float[_costs.Length];
        }

        _sequences.Begin(Melodies, _steps);
        _after.Clear();
    }

    /// <summary>Both nets hear a step.</summary>
    private Span<float> Listen(int step, out Span<float> others)
    {
        for (int melody = 0; melody < Melodies; melody++)
        {
            int note = Note(melody, step);
            HeardSoFar heard = new(_events[melody].AsSpan(0, _primerLengths[melody] + Math.Min(note, _played.Length)), note, _plan);
            Encode(_tuned.Shape.Inputs, heard, melody, _inputs);
            Encode(_noteRnn.Shape.Inputs, heard, melody, _noteRnnInputs);
        }

        others = _costs.AsSpan(step * Melodies * Classes, Melodies * Classes);
        (_before, _after) = (_after, _before);
        _noteRnnStep.Forward(_noteRnn, _noteRnnInputs, _before, _after, others);
        return _sequences.Next(_tuned, _inputs);
    }

    private static void Encode(NoteRnnInputs inputs, HeardSoFar heard, int melody, InputRow[] rows) =>
        inputs.Encode(heard, rows.AsSpan(melody * inputs.MostRows, inputs.MostRows));

    /// <summary>Draws a note; logits become probabilities, and the Note RNN's what each class costs.</summary>
    private void Draw(int melody, int note, Span<float> logits, Span<float> others)
    {
        int at = At(melody, note);
        (float divergence, float entropy) = PolicyLoss.Compare(logits, others, _entropyWeight);
        (_played.Divergences[at], _played.Entropies[at], _played.Costs[at]) = (divergence, entropy, divergence - (_entropyWeight * entropy));
        int drawn = Softmax.Draw(logits, 1, _random);
        _events[melody][_primerLengths[melody] + note] = drawn;
        _played.LogProbabilities[at] = ((1 + _entropyWeight) * Math.Log(logits[drawn])) - others[drawn];
    }

    private void Score(int melody)
    {
        MelodyEncoding encoding = _task.NoteRnn.Encoding;
        ReadOnlySpan<int> events = _events[melody];
        int primer = _primerLengths[melody];
        _melody.Start(primer > 0 ? encoding.EventOf(events[primer - 1]) : MelodyEvent.Hold);
        for (int note = 0; note < _played.Length; note++)
        {
            int at = At(melody, note);
            MelodyEvent next = encoding.EventOf(events[primer + note]);
            _played.Theory[at] = _task.Reward.Rules.Score(_melody, next, _played.Rules(at));
            _played.Rewards[at] = (float)_task.Reward.Of(_played.Theory[at], _played.LogProbabilities[at]);
            _melody.Append(next);
        }
    }
}
