using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using RLTuner.Composing;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;

namespace RLTuner.Learning.Q;

/// <summary>The melody that is being played while tuning: what was heard last, and both nets' memory of it.</summary>
internal sealed class MelodyInProgress
{
    private readonly LearningTask _task;
    private readonly bool _addsPrior;
    private readonly RandomSource _random;
    private readonly MelodyEncoding _encoding;
    private readonly PackedRun _tuned, _noteRnn;
    private readonly float[] _tunedScores;
    private readonly Partner _partner;
    private readonly Action<int, int> _forward, _output;
    private readonly InputRow[] _inputsAfter;
    private int _prime, _heard;
    private double _normaliser;

    public MelodyInProgress(LearningTask task, QNetworks nets, bool addsPrior, Partner partner)
    {
        _task = task;
        _addsPrior = addsPrior;
        _random = new RandomSource(task.Seed, "priming");
        _encoding = task.NoteRnn.Encoding;
        MelodyPlan plan = new(task.TimeSignature.StepsPerBar(), task.MelodyLength);
        _tuned = new PackedRun(nets.PackedTuned, plan);
        _noteRnn = new PackedRun(nets.PackedNoteRnn, plan);
        _inputsAfter = new InputRow[_tuned.Inputs.Length];
        NoteRnnLogits = new float[_encoding.ClassCount];
        _tunedScores = new float[_encoding.ClassCount];
        Scores = addsPrior ? new float[_encoding.ClassCount] : _tunedScores;
        _partner = partner;
        _forward = Forward;
        _output = Output;
        Events = new MelodySoFar(_encoding, task.MelodyLength, task.TimeSignature);
    }

    /// <summary>The events played so far; the primer is not among them.</summary>
    public MelodySoFar Events { get; }

    /// <summary>What the tuned net heard last, after <see cref="Listen"/>.</summary>
    public ReadOnlySpan<InputRow> Inputs => _tuned.Inputs;

    /// <summary>The policy's score of each class as the next, after <see cref="Listen"/>.</summary>
    public float[] Scores { get; }

    /// <summary>The Note RNN's logits of the next class, after <see cref="Listen"/>.</summary>
    public float[] NoteRnnLogits { get; }

    /// <summary>The tuned net's state before it heard the last event.</summary>
    public NoteRnnState State => _tuned.Before;

    /// <summary>The tuned net's state after it.</summary>
    public NoteRnnState NextState => _tuned.State;

    /// <summary>The Note RNN's state after it.</summary>
    public NoteRnnState NextPriorState => _noteRnn.State;

    /// <summary>Whether the planned length is reached.</summary>
    public bool Ended => Events.Count >= _task.MelodyLength;

    /// <summary>The melody's first event where it is given and has not been played yet; else null.</summary>
    public int? Given => _task.Primer.GivesFirst && Events.Count == 0 ? _prime : null;

    /// <summary>Starts a new melody: both nets hear the primer from silence, all of it but its last event, which is heard next.</summary>
    public void Prime()
    {
        _tuned.Forget();
        _noteRnn.Forget();
        ReadOnlySpan<int> primer = _task.Primer.Draw(_random);
        HearAllButLast(_tuned, primer, _tunedScores);
        int next = primer is [.., int last] ? last : MelodyEncoding.NoEvent;
        if (_task.Quirks.Has(Quirks.GoesOnFromOwnGuess) && primer.Length > 1)
        {
            // The original goes on from the tuned net's own guess, and draws another melody for the Note RNN.
            next = TensorPrimitives.IndexOfMax<float>(_tunedScores);
            primer = _task.Primer.Draw(_random);
        }

        HearAllButLast(_noteRnn, primer, NoteRnnLogits);
        Start(next);
    }

    /// <summary>Both nets hear the last event and say what they make of it.</summary>
    public void Listen()
    {
        _tuned.Hear(_heard, Events.Count);
        _noteRnn.Hear(_heard, Events.Count);
        for (int layer = 0; layer < _tuned.Layers; layer++)
        {
            _partner.Both(_forward, layer);
        }

        _partner.Both(_output);
        if (_addsPrior)
        {
            TensorPrimitives.Add(_tunedScores, NoteRnnLogits, Scores);
        }
    }

    /// <summary>log p of a class as the next under the Note RNN, after <see cref="Listen"/>.</summary>
    public float LogProbability(int classNumber) => (float)(NoteRnnLogits[classNumber] - _normaliser);

    /// <summary>What the tuned net would hear after an event; valid until the next call.</summary>
    public ReadOnlySpan<InputRow> InputsAfter(int classNumber)
    {
        _tuned.Foresee(classNumber, Events.Count + 1, _inputsAfter);
        return _inputsAfter;
    }

    /// <summary>Plays an event.</summary>
    public void Play(int classNumber)
    {
        _heard = classNumber;
        Events.Append(_encoding.EventOf(classNumber));
    }

    /// <summary>Writes the melody and both memories, as they are between two notes.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("priming", _random.Save);
        writer.Section("melody", section =>
        {
            section.Write(_prime);
            section.Write(Events.Count);
            foreach (MelodyEvent played in Events.Events)
            {
                section.Write(_encoding.ClassOf(played));
            }
        });
        writer.Section("memory.tuned", section => SaveMemory(_tuned, section));
        writer.Section("memory.note-rnn", section => SaveMemory(_noteRnn, section));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was not that.</exception>
    public void Restore(StateReader reader)
    {
        reader.Section("priming", _random.Restore);
        reader.Section("melody", RestoreEvents);
        reader.Section("memory.tuned", section => RestoreMemory(_tuned, section));
        reader.Section("memory.note-rnn", section => RestoreMemory(_noteRnn, section));
    }

    private void RestoreEvents(BinaryReader section)
    {
        Start(ClassFrom(section, least: MelodyEncoding.NoEvent));
        int count = section.ReadInt32();
        if (count < 0 || count > _task.MelodyLength)
        {
            throw new InvalidDataException($"expected a melody of at most {_task.MelodyLength} events, found {count}");
        }

        for (int i = 0; i < count; i++)
        {
            Play(ClassFrom(section, least: 0));
        }
    }

    private int ClassFrom(BinaryReader reader, int least) => reader.ReadInt32() is var found && found >= least && found < _encoding.ClassCount
        ? found
        : throw new InvalidDataException($"expected a class below {_encoding.ClassCount}, found {found}");

    private static void SaveMemory(PackedRun run, BinaryWriter writer)
    {
        writer.Write(run.Heard.Length);
        writer.Write(MemoryMarshal.AsBytes(run.Heard));
        float[] row = new float[run.State.RowLength];
        run.State.SaveRow(0, row);
        writer.Write(MemoryMarshal.AsBytes(row.AsSpan()));
    }

    private void RestoreMemory(PackedRun run, BinaryReader reader)
    {
        // One by one: a damaged count ends with the file, not with the memory.
        List<int> heard = [];
        for (int count = reader.ReadInt32(); heard.Count < count;)
        {
            heard.Add(ClassFrom(reader, least: 0));
        }

        run.Recall(CollectionsMarshal.AsSpan(heard));
        float[] row = new float[run.State.RowLength];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
        run.State.RestoreRow(0, row);
    }

    private void Forward(int share, int layer)
    {
        _tuned.Forward(layer, share);
        _noteRnn.Forward(layer, share);
    }

    private void Output(int share, int argument)
    {
        if (share == 0)
        {
            _tuned.Output(_tunedScores);
        }
        else
        {
            _noteRnn.Output(NoteRnnLogits);
            _normaliser = Softmax.LogSumExp(NoteRnnLogits);
        }
    }

    private void Start(int prime)
    {
        _heard = _prime = prime;
        Events.Start(prime == MelodyEncoding.NoEvent || _task.Primer.GivesFirst ? MelodyEvent.Hold : _encoding.EventOf(prime));
    }

    /// <summary>A net that knows how melodies begin hears nothing first; others need a primer.</summary>
    private void HearAllButLast(PackedRun run, ReadOnlySpan<int> primer, Span<float> logits)
    {
        bool knowsBeginnings = _task.NoteRnn.KnowsBeginnings;
        if (primer.IsEmpty)
        {
            if (!knowsBeginnings)
            {
                throw new InvalidOperationException("expected a primer, found none: the net was not taught how melodies begin");
            }

            return;
        }

        int before = primer.Length - (_task.Primer.GivesFirst ? 1 : 0);
        if (knowsBeginnings)
        {
            Hear(run, MelodyEncoding.NoEvent, -before, logits);
        }

        for (int i = 0; i < primer.Length - 1; i++)
        {
            Hear(run, primer[i], i + 1 - before, logits);
        }
    }

    private static void Hear(PackedRun run, int @event, int step, Span<float> logits)
    {
        run.Hear(@event, step);
        for (int layer = 0; layer < run.Layers; layer++)
        {
            run.Forward(layer, share: 0);
            run.Forward(layer, share: 1);
        }

        run.Output(logits);
    }
}
