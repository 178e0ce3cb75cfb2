using System.Runtime.InteropServices;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.Learning.Q.Replay;

/// <summary>
/// The last transitions, drawn from uniformly (Lin 1992; Mnih et al. 2015); as in the original, no transition comes twice in a batch.
/// The state after a note is the one before the next, and is kept once.
/// </summary>
internal sealed class ReplayBuffer
{
    private const int None = -1;

    private readonly byte[] _actions;
    private readonly InputRow[] _inputs, _nextInputs;
    private readonly int _mostRows, _inputWidth;
    private readonly float[] _rewards;
    private readonly bool[] _ended;
    private readonly StateRows _rows;
    private readonly int[] _states, _nextStates, _nextPriorStates;
    private readonly int[] _drawnBy;
    private readonly float[] _row;
    private int _next, _draw;

    /// <summary>Creates an empty buffer; states are allocated as they come.</summary>
    /// <param name="shape">The tuned net's sizes; at most 256 classes.</param>
    /// <param name="capacity">When full, the oldest transition is replaced.</param>
    /// <param name="keepsPriorStates">Whether the Note RNN's states are kept too.</param>
    public ReplayBuffer(NoteRnnShape shape, int capacity, bool keepsPriorStates)
    {
        _row = new float[NoteRnnState.RowLengthOf(shape)];
        _rows = new StateRows(_row.Length);
        _mostRows = shape.Inputs.MostRows;
        _inputWidth = shape.Inputs.Width;
        _inputs = new InputRow[checked(capacity * _mostRows)];
        _nextInputs = new InputRow[capacity * _mostRows];
        _actions = new byte[capacity];
        _rewards = new float[capacity];
        _ended = new bool[capacity];
        _drawnBy = new int[capacity];
        _states = Rows(capacity);
        _nextStates = Rows(capacity);
        _nextPriorStates = Rows(keepsPriorStates ? capacity : 0);
    }

    /// <summary>Transitions held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a transition.</summary>
    /// <param name="transition">What happened.</param>
    /// <param name="inputs">What the tuned net heard before it.</param>
    /// <param name="nextInputs">What it heard after it.</param>
    /// <param name="state">The tuned net's state before it heard <paramref name="inputs"/>.</param>
    /// <param name="nextState">The tuned net's state after it.</param>
    /// <param name="nextPriorState">The Note RNN's state after it.</param>
    public void Add(
        Transition transition,
        ReadOnlySpan<InputRow> inputs,
        ReadOnlySpan<InputRow> nextInputs,
        NoteRnnState state,
        NoteRnnState nextState,
        NoteRnnState nextPriorState)
    {
        int at = _next, last = Count == 0 ? None : _nextStates[(at == 0 ? _actions.Length : at) - 1];
        (int stateBefore, int nextBefore) = (_states[at], _nextStates[at]);
        _next = (_next + 1) % _actions.Length;
        Count = Math.Min(Count + 1, _actions.Length);
        inputs.CopyTo(HeardIn(_inputs, at));
        nextInputs.CopyTo(HeardIn(_nextInputs, at));
        _actions[at] = (byte)transition.Action;
        _rewards[at] = transition.Reward;
        _ended[at] = transition.Ended;
        _states[at] = KeepOrShare(state, last);
        _nextStates[at] = Keep(nextState);
        Release(stateBefore);
        Release(nextBefore);
        if (_nextPriorStates.Length > 0)
        {
            Release(_nextPriorStates[at]);
            _nextPriorStates[at] = Keep(nextPriorState);
        }
    }

    /// <summary>Guesses which transitions <see cref="Sample"/> will draw next, for <see cref="Prefetch"/>; a wrong guess costs time only.</summary>
    /// <param name="guess">Receives the places of a batch's transitions.</param>
    /// <param name="count">What <see cref="Count"/> will be.</param>
    /// <param name="random">A copy of the stream for replay.</param>
    public static void Guess(Span<int> guess, int count, RandomSource random)
    {
        for (int row = 0; row < guess.Length; row++)
        {
            guess[row] = random.Next(count);
        }
    }

    /// <summary>Tells the processor which states a share of the next batch will read, so that they are at hand by then.</summary>
    public void Prefetch(ReadOnlySpan<int> guess, int share)
    {
        int[] states = share == 0 ? _states : _nextStates;
        foreach (int at in guess)
        {
            if (states[at] != None)
            {
                _rows.Prefetch(states[at]);
            }
        }
    }

    /// <summary>Fills a batch with random transitions, each at most once.</summary>
    /// <param name="batch">Overwritten.</param>
    /// <param name="random">The stream for replay.</param>
    /// <exception cref="InvalidOperationException">The buffer holds fewer than the batch takes.</exception>
    public void Sample(Minibatch batch, RandomSource random)
    {
        Draw(batch, random);
        RestoreStates(batch, share: 0);
        RestoreStates(batch, share: 1);
    }

    /// <summary>The first half of <see cref="Sample"/>: all but the states.</summary>
    public void Draw(Minibatch batch, RandomSource random)
    {
        if (Count < batch.Size)
        {
            throw new InvalidOperationException($"expected {batch.Size} transitions to replay, found {Count}");
        }

        _draw++;
        for (int row = 0; row < batch.Size; row++)
        {
            int at = random.Next(Count);
            while (_drawnBy[at] == _draw)
            {
                at = random.Next(Count);
            }

            _drawnBy[at] = _draw;
            batch.Places[row] = at;
            HeardIn(_inputs, at).CopyTo(HeardIn(batch.Inputs, row));
            HeardIn(_nextInputs, at).CopyTo(HeardIn(batch.NextInputs, row));
            batch.Actions[row] = _actions[at];
            batch.Rewards[row] = _rewards[at];
            batch.Ended[row] = _ended[at];
        }
    }

    /// <summary>The other half: the states before the notes, or those after them.</summary>
    public void RestoreStates(Minibatch batch, int share)
    {
        for (int row = 0; row < batch.Size; row++)
        {
            int at = batch.Places[row];
            if (share == 0)
            {
                batch.State.RestoreRow(row, _rows[_states[at]]);
                continue;
            }

            batch.NextState.RestoreRow(row, _rows[_nextStates[at]]);
            if (_nextPriorStates.Length > 0)
            {
                batch.NextPriorState.RestoreRow(row, _rows[_nextPriorStates[at]]);
            }
        }
    }

    /// <summary>Writes everything held, rows numbered as the transitions come to them: equal contents are equal bytes.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(_next);
        List<int> rows = [];
        int[] numbers = Rows(_rows.Count);
        int[] states = Renumbered(_states), nextStates = Renumbered(_nextStates);
        int[] nextPriorStates = _nextPriorStates.Length > 0 ? Renumbered(_nextPriorStates) : [];
        ForEachColumn(column => writer.Write(column), states, nextStates, nextPriorStates);
        _rows.Save(writer, rows);

        int[] Renumbered(int[] held)
        {
            int[] renumbered = held[..Count];
            foreach (ref int row in renumbered.AsSpan())
            {
                if (numbers[row] == None)
                {
                    numbers[row] = rows.Count;
                    rows.Add(row);
                }

                row = numbers[row];
            }

            return renumbered;
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty buffer of the same sizes.</summary>
    /// <exception cref="InvalidDataException">It was not that.</exception>
    public void Restore(BinaryReader reader)
    {
        Count = reader.ReadInt32();
        _next = reader.ReadInt32();
        int capacity = _actions.Length;
        if ((uint)Count > (uint)capacity || _next != (Count < capacity ? Count : _next) || (uint)_next >= (uint)capacity)
        {
            throw new InvalidDataException($"expected at most {capacity} transitions, found {Count}, the next at {_next}");
        }

        ForEachColumn(reader.BaseStream.ReadExactly, _states, _nextStates, _nextPriorStates);
        int rowsEach = _nextPriorStates.Length > 0 ? 3 : 2;
        _rows.Restore(reader, most: checked(rowsEach * (capacity + 1)));
        ShareAll(_states);
        ShareAll(_nextStates);
        ShareAll(_nextPriorStates);
        _rows.FreeTheRest();
        if (_inputs.Concat(_nextInputs).Any(input => input.Row >= _inputWidth))
        {
            throw new InvalidDataException($"expected inputs below {_inputWidth}, found others");
        }
    }

    private delegate void Column(Span<byte> values);

    /// <summary>The transitions, one array after another, as far as they are held.</summary>
    private void ForEachColumn(Column use, int[] states, int[] nextStates, int[] nextPriorStates)
    {
        use(MemoryMarshal.AsBytes(_inputs.AsSpan(0, Count * _mostRows)));
        use(MemoryMarshal.AsBytes(_nextInputs.AsSpan(0, Count * _mostRows)));
        use(_actions.AsSpan(0, Count));
        use(MemoryMarshal.AsBytes(_rewards.AsSpan(0, Count)));
        use(MemoryMarshal.AsBytes(_ended.AsSpan(0, Count)));
        use(MemoryMarshal.AsBytes(states.AsSpan(0, Count)));
        use(MemoryMarshal.AsBytes(nextStates.AsSpan(0, Count)));
        use(MemoryMarshal.AsBytes(nextPriorStates.AsSpan(0, Math.Min(Count, nextPriorStates.Length))));
    }

    private void ShareAll(int[] rows)
    {
        foreach (int row in rows)
        {
            if (row >= _rows.Count || row < None)
            {
                throw new InvalidDataException($"expected a state from 0 to {_rows.Count - 1}, found {row}");
            }

            if (row != None)
            {
                _rows.Share(row);
            }
        }
    }

    private Span<InputRow> HeardIn(InputRow[] rows, int transition) => rows.AsSpan(transition * _mostRows, _mostRows);

    private static int[] Rows(int count)
    {
        int[] rows = new int[count];
        Array.Fill(rows, None);
        return rows;
    }

    private int Keep(NoteRnnState state)
    {
        int row = _rows.Take();
        state.SaveRow(0, _rows[row]);
        return row;
    }

    /// <summary>A state that equals the last one kept is that one.</summary>
    private int KeepOrShare(NoteRnnState state, int last)
    {
        state.SaveRow(0, _row);
        if (last != None && MemoryMarshal.AsBytes(_rows[last]).SequenceEqual(MemoryMarshal.AsBytes(_row.AsSpan())))
        {
            return _rows.Share(last);
        }

        int row = _rows.Take();
        _row.CopyTo(_rows[row]);
        return row;
    }

    private void Release(int row)
    {
        if (row != None)
        {
            _rows.Release(row);
        }
    }
}

/// <summary>One step of a melody, as it is learned from.</summary>
/// <param name="Action">The class whose score learns.</param>
/// <param name="Reward">The reward of the action.</param>
/// <param name="Ended">Whether the melody ended.</param>
internal readonly record struct Transition(int Action, float Reward, bool Ended);
