using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// The element-wise half of an LSTM layer, one row at a time. A row of gates is [4·units] in the order i, j, f, o:
/// c' = c·σ(f + 1) + σ(i)·tanh(j), h' = σ(o)·tanh(c'). (TensorFlow's BasicLSTMCell with its forget bias of 1.)
/// Checked against golden/net.json forward and finite differences backward. Results do not depend on the width of registers.
/// </summary>
internal static unsafe partial class LstmCell
{
    /// <summary>Added to the forget gate before its sigmoid.</summary>
    public const float ForgetBias = 1f;

    /// <summary>Computes the new state of one row.</summary>
    /// <param name="gates">[4·units]: sums in, activations σ(i), tanh(j), σ(f+1), σ(o) out.</param>
    /// <param name="cellBefore">c, [units].</param>
    /// <param name="cell">Receives c', [units].</param>
    /// <param name="cellTanh">Receives tanh(c'), [units]; the backward pass needs it.</param>
    /// <param name="hidden">Receives h', [units].</param>
    public static void Forward(Span<float> gates, ReadOnlySpan<float> cellBefore, Span<float> cell, Span<float> cellTanh, Span<float> hidden)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Forward<Lanes16>(gates, cellBefore, cell, cellTanh, hidden);
        }
        else
        {
            Forward<Lanes8>(gates, cellBefore, cell, cellTanh, hidden);
        }
    }

    /// <summary>Gradients of one row.</summary>
    /// <param name="gates">[4·units]: activations in, gradients of the gates' sums out.</param>
    /// <param name="cellBefore">c, [units].</param>
    /// <param name="cellTanh">tanh(c'), [units].</param>
    /// <param name="hiddenGradient">Gradient of h', [units].</param>
    /// <param name="cellGradient">[units]: gradient of c' from later steps in (zero where there are none), gradient of c out.</param>
    public static void Backward(
        Span<float> gates, ReadOnlySpan<float> cellBefore, ReadOnlySpan<float> cellTanh, ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Backward<Lanes16>(gates, cellBefore, cellTanh, hiddenGradient, cellGradient);
        }
        else
        {
            Backward<Lanes8>(gates, cellBefore, cellTanh, hiddenGradient, cellGradient);
        }
    }

    private static void Check(int gates, int units, int second, int third, int fourth)
    {
        if (gates != 4L * units || second != units || third != units || fourth != units)
        {
            throw new ArgumentException($"expected four gates a unit and rows of {units} units, found {gates} gates and rows of {second}, {third} and {fourth}");
        }
    }

    internal static void Forward<TLanes>(
        Span<float> gates, ReadOnlySpan<float> cellBefore, Span<float> cell, Span<float> cellTanh, Span<float> hidden)
        where TLanes : struct, ILanes<TLanes>
    {
        int units = cell.Length, width = TLanes.Count;
        Check(gates.Length, units, cellBefore.Length, cellTanh.Length, hidden.Length);
        if (units < width)
        {
            Span<float> room = stackalloc float[8 * width];
            room.Clear();
            CopyRows(gates, units, room, width, units);
            cellBefore.CopyTo(room[(4 * width)..]);
            Forward<TLanes>(room[..(4 * width)], room.Slice(4 * width, width), room.Slice(5 * width, width), room.Slice(6 * width, width), room.Slice(7 * width, width));
            CopyRows(room, width, gates, units, units);
            room.Slice(5 * width, units).CopyTo(cell);
            room.Slice(6 * width, units).CopyTo(cellTanh);
            room.Slice(7 * width, units).CopyTo(hidden);
            return;
        }

        fixed (float* gate = gates, before = cellBefore, after = cell, tanh = cellTanh, h = hidden)
        {
            // Units that fill no register overlap their neighbours: computed first, while those hold sums, stored last.
            int last = units - width, whole = units - (units % width);
            NewState<TLanes> tail = whole == units ? default : new(gate + last, units, before + last);
            for (int u = 0; u < whole; u += width)
            {
                new NewState<TLanes>(gate + u, units, before + u).Store(gate + u, units, after + u, tanh + u, h + u);
            }

            if (whole < units)
            {
                tail.Store(gate + last, units, after + last, tanh + last, h + last);
            }
        }
    }

    internal static void Backward<TLanes>(
        Span<float> gates, ReadOnlySpan<float> cellBefore, ReadOnlySpan<float> cellTanh, ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient)
        where TLanes : struct, ILanes<TLanes>
    {
        int units = cellGradient.Length, width = TLanes.Count;
        Check(gates.Length, units, cellBefore.Length, cellTanh.Length, hiddenGradient.Length);
        if (units < width)
        {
            Span<float> room = stackalloc float[8 * width];
            room.Clear();
            CopyRows(gates, units, room, width, units);
            cellBefore.CopyTo(room[(4 * width)..]);
            cellTanh.CopyTo(room[(5 * width)..]);
            hiddenGradient.CopyTo(room[(6 * width)..]);
            cellGradient.CopyTo(room[(7 * width)..]);
            Backward<TLanes>(room[..(4 * width)], room.Slice(4 * width, width), room.Slice(5 * width, width), room.Slice(6 * width, width), room.Slice(7 * width, width));
            CopyRows(room, width, gates, units, units);
            room.Slice(7 * width, units).CopyTo(cellGradient);
            return;
        }

        fixed (float* gate = gates, before = cellBefore, tanh = cellTanh, dHidden = hiddenGradient, dCell = cellGradient)
        {
            int last = units - width, whole = units - (units % width);
            Gradients<TLanes> tail = whole == units ? default : new(gate + last, units, before + last, tanh + last, dHidden + last, dCell + last);
            for (int u = 0; u < whole; u += width)
            {
                new Gradients<TLanes>(gate + u, units, before + u, tanh + u, dHidden + u, dCell + u).Store(gate + u, units, dCell + u);
            }

            if (whole < units)
            {
                tail.Store(gate + last, units, dCell + last);
            }
        }
    }

    /// <summary>The first <paramref name="count"/> numbers of each of four rows.</summary>
    private static void CopyRows(ReadOnlySpan<float> from, int fromStride, Span<float> to, int toStride, int count)
    {
        for (int row = 0; row < 4; row++)
        {
            from.Slice(row * fromStride, count).CopyTo(to[(row * toStride)..]);
        }
    }

    /// <summary>One register of units after an event; their gates lie a stride apart.</summary>
    private readonly struct NewState<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _i, _j, _f, _o, _cell, _tanh;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public NewState(float* gate, int stride, float* before)
        {
            _i = Activations.Sigmoid(TLanes.Load(gate));
            _j = Activations.Tanh(TLanes.Load(gate + stride));
            _f = Activations.Sigmoid(TLanes.Load(gate + (2 * stride)) + TLanes.Broadcast(ForgetBias));
            _o = Activations.Sigmoid(TLanes.Load(gate + (3 * stride)));
            _cell = (TLanes.Load(before) * _f) + (_i * _j);
            _tanh = Activations.Tanh(_cell);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* gate, int stride, float* cell, float* tanh, float* hidden)
        {
            _i.Store(gate);
            _j.Store(gate + stride);
            _f.Store(gate + (2 * stride));
            _o.Store(gate + (3 * stride));
            _cell.Store(cell);
            _tanh.Store(tanh);
            (_o * _tanh).Store(hidden);
        }
    }

    /// <summary>One register of units' gradients.</summary>
    private readonly struct Gradients<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes _i, _j, _f, _o, _cell;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Gradients(float* gate, int stride, float* before, float* tanh, float* dHidden, float* dCell)
        {
            TLanes one = TLanes.Broadcast(1);
            TLanes i = TLanes.Load(gate), j = TLanes.Load(gate + stride), f = TLanes.Load(gate + (2 * stride)), o = TLanes.Load(gate + (3 * stride));
            TLanes t = TLanes.Load(tanh), dh = TLanes.Load(dHidden);
            TLanes dc = TLanes.Load(dCell) + (dh * o * (one - (t * t)));
            _i = dc * j * i * (one - i);
            _j = dc * i * (one - (j * j));
            _f = dc * TLanes.Load(before) * f * (one - f);
            _o = dh * t * o * (one - o);
            _cell = dc * f;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* gate, int stride, float* dCell)
        {
            _i.Store(gate);
            _j.Store(gate + stride);
            _f.Store(gate + (2 * stride));
            _o.Store(gate + (3 * stride));
            _cell.Store(dCell);
        }
    }
}
