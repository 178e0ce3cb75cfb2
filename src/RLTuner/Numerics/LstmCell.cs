using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// The element-wise half of an LSTM layer, one row at a time. A row of gates is [4·units] in the order i, j, f, o:
/// c' = c·σ(f + 1) + σ(i)·tanh(j), h' = σ(o)·tanh(c'). (TensorFlow's BasicLSTMCell with its forget bias of 1.)
/// Checked against golden/net.json forward and finite differences backward.
/// </summary>
public static class LstmCell
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
        int units = cell.Length;
        ref float gate = ref MemoryMarshal.GetReference(gates);
        ref float before = ref MemoryMarshal.GetReference(cellBefore);
        ref float after = ref MemoryMarshal.GetReference(cell);
        ref float tanh = ref MemoryMarshal.GetReference(cellTanh);
        ref float h = ref MemoryMarshal.GetReference(hidden);
        int u = 0;
        for (; u + Vector256<float>.Count <= units; u += Vector256<float>.Count)
        {
            Vector256<float> i = Activations.Sigmoid(Vector256.LoadUnsafe(ref gate, (nuint)u));
            Vector256<float> j = Activations.Tanh(Vector256.LoadUnsafe(ref gate, (nuint)(units + u)));
            Vector256<float> f = Activations.Sigmoid(Vector256.LoadUnsafe(ref gate, (nuint)((2 * units) + u)) + Vector256.Create(ForgetBias));
            Vector256<float> o = Activations.Sigmoid(Vector256.LoadUnsafe(ref gate, (nuint)((3 * units) + u)));
            Vector256<float> c = (Vector256.LoadUnsafe(ref before, (nuint)u) * f) + (i * j);
            Vector256<float> t = Activations.Tanh(c);
            i.StoreUnsafe(ref gate, (nuint)u);
            j.StoreUnsafe(ref gate, (nuint)(units + u));
            f.StoreUnsafe(ref gate, (nuint)((2 * units) + u));
            o.StoreUnsafe(ref gate, (nuint)((3 * units) + u));
            c.StoreUnsafe(ref after, (nuint)u);
            t.StoreUnsafe(ref tanh, (nuint)u);
            (o * t).StoreUnsafe(ref h, (nuint)u);
        }

        for (; u < units; u++)
        {
            // One unit in all lanes, so that the last units round as the others do.
            float i = gates[u] = Activations.Sigmoid(Vector256.Create(gates[u]))[0];
            float j = gates[units + u] = Activations.Tanh(Vector256.Create(gates[units + u]))[0];
            float f = gates[(2 * units) + u] = Activations.Sigmoid(Vector256.Create(gates[(2 * units) + u] + ForgetBias))[0];
            float o = gates[(3 * units) + u] = Activations.Sigmoid(Vector256.Create(gates[(3 * units) + u]))[0];
            cell[u] = (cellBefore[u] * f) + (i * j);
            cellTanh[u] = Activations.Tanh(Vector256.Create(cell[u]))[0];
            hidden[u] = o * cellTanh[u];
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
        int units = cellGradient.Length;
        ref float gate = ref MemoryMarshal.GetReference(gates);
        ref float before = ref MemoryMarshal.GetReference(cellBefore);
        ref float tanh = ref MemoryMarshal.GetReference(cellTanh);
        ref float dHidden = ref MemoryMarshal.GetReference(hiddenGradient);
        ref float dCell = ref MemoryMarshal.GetReference(cellGradient);
        int u = 0;
        for (; u + Vector256<float>.Count <= units; u += Vector256<float>.Count)
        {
            Vector256<float> i = Vector256.LoadUnsafe(ref gate, (nuint)u), j = Vector256.LoadUnsafe(ref gate, (nuint)(units + u));
            Vector256<float> f = Vector256.LoadUnsafe(ref gate, (nuint)((2 * units) + u)), o = Vector256.LoadUnsafe(ref gate, (nuint)((3 * units) + u));
            Vector256<float> t = Vector256.LoadUnsafe(ref tanh, (nuint)u), dh = Vector256.LoadUnsafe(ref dHidden, (nuint)u);
            Vector256<float> dc = Vector256.LoadUnsafe(ref dCell, (nuint)u) + (dh * o * (Vector256<float>.One - (t * t)));
            (dc * j * i * (Vector256<float>.One - i)).StoreUnsafe(ref gate, (nuint)u);
            (dc * i * (Vector256<float>.One - (j * j))).StoreUnsafe(ref gate, (nuint)(units + u));
            (dc * Vector256.LoadUnsafe(ref before, (nuint)u) * f * (Vector256<float>.One - f)).StoreUnsafe(ref gate, (nuint)((2 * units) + u));
            (dh * t * o * (Vector256<float>.One - o)).StoreUnsafe(ref gate, (nuint)((3 * units) + u));
            (dc * f).StoreUnsafe(ref dCell, (nuint)u);
        }

        for (; u < units; u++)
        {
            float i = gates[u], j = gates[units + u], f = gates[(2 * units) + u], o = gates[(3 * units) + u];
            float dc = cellGradient[u] + (hiddenGradient[u] * o * (1 - (cellTanh[u] * cellTanh[u])));
            gates[u] = dc * j * i * (1 - i);
            gates[units + u] = dc * i * (1 - (j * j));
            gates[(2 * units) + u] = dc * cellBefore[u] * f * (1 - f);
            gates[(3 * units) + u] = hiddenGradient[u] * cellTanh[u] * o * (1 - o);
            cellGradient[u] = dc * f;
        }
    }
}
