using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// The cells of one panel of up to 16 units for a batch of melodies. Gates are [rows, 4·gate width] in the order i, j, f, o, what belongs
/// to the panel alone is [rows, gate width], and c and h are those columns of [rows, stride] that belong to its units. Narrow panels fill
/// registers with several rows. The same bits as row by row.
/// </summary>
internal static unsafe partial class LstmCell
{
    private const int PanelUnits = 16;

    /// <summary>Computes the new state.</summary>
    /// <param name="panel">Its sizes.</param>
    /// <param name="gates">Sums in, activations out.</param>
    /// <param name="before">c.</param>
    /// <param name="cell">Receives c'.</param>
    /// <param name="tanh">Receives tanh(c'), [rows, gate width].</param>
    /// <param name="hidden">Receives h'.</param>
    internal static void ForwardPanel(in PanelRows panel, float* gates, float* before, float* cell, float* tanh, float* hidden)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            ForwardPanel<Lanes16>(panel, gates, before, cell, tanh, hidden);
        }
        else
        {
            ForwardPanel<Lanes8>(panel, gates, before, cell, tanh, hidden);
        }
    }

    /// <summary>Gradients; nothing comes from later steps.</summary>
    /// <param name="panel">Its sizes.</param>
    /// <param name="gates">Activations in, gradients of the gates' sums out.</param>
    /// <param name="before">c.</param>
    /// <param name="tanh">tanh(c'), [rows, gate width].</param>
    /// <param name="hiddenGradient">Gradient of h', [rows, gate width]; zero where the panel is filled up.</param>
    internal static void BackwardPanel(in PanelRows panel, float* gates, float* before, float* tanh, float* hiddenGradient)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            BackwardPanel<Lanes16>(panel, gates, before, tanh, hiddenGradient);
        }
        else
        {
            BackwardPanel<Lanes8>(panel, gates, before, tanh, hiddenGradient);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ForwardPanel<TLanes>(in PanelRows panel, float* gates, float* before, float* cell, float* tanh, float* hidden)
        where TLanes : struct, ILanes<TLanes>
    {
        nint stride = panel.StateStride;
        if (panel.Units == PanelUnits)
        {
            for (int row = 0; row < panel.Rows; row++)
            {
                for (int unit = 0; unit < PanelUnits; unit += TLanes.Count)
                {
                    new NewState<TLanes>(gates + unit, PanelUnits, before + unit)
                        .Store(gates + unit, PanelUnits, cell + unit, tanh + unit, hidden + unit);
                }

                gates += 4 * PanelUnits;
                tanh += PanelUnits;
                before += stride;
                cell += stride;
                hidden += stride;
            }

            return;
        }

        float* room = stackalloc float[8 * PanelUnits];
        new Span<float>(room, 8 * PanelUnits).Clear();
        float* c = room + (4 * PanelUnits), newC = c + PanelUnits, t = newC + PanelUnits, h = t + PanelUnits;
        int width = panel.GateWidth, together = PanelUnits / width;
        for (int row = 0; row < panel.Rows; row += together)
        {
            int rows = Math.Min(together, panel.Rows - row);
            SpreadGates(gates, width, rows, room);
            Copy(before, stride, c, width, panel.Units, rows);
            for (int unit = 0; unit < PanelUnits; unit += TLanes.Count)
            {
                new NewState<TLanes>(room + unit, PanelUnits, c + unit).Store(room + unit, PanelUnits, newC + unit, t + unit, h + unit);
            }

            GatherGates(room, width, rows, gates);
            Copy(newC, width, cell, stride, panel.Units, rows);
            Copy(t, width, tanh, width, width, rows);
            Copy(h, width, hidden, stride, panel.Units, rows);
            gates += together * 4 * width;
            tanh += together * width;
            before += together * stride;
            cell += together * stride;
            hidden += together * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BackwardPanel<TLanes>(in PanelRows panel, float* gates, float* before, float* tanh, float* hiddenGradient)
        where TLanes : struct, ILanes<TLanes>
    {
        nint stride = panel.StateStride;
        float* room = stackalloc float[8 * PanelUnits];
        new Span<float>(room, 8 * PanelUnits).Clear();
        float* c = room + (4 * PanelUnits), t = c + PanelUnits, dh = t + PanelUnits, dc = dh + PanelUnits;
        int width = panel.GateWidth, together = PanelUnits / width;
        for (int row = 0; row < panel.Rows; row += together)
        {
            if (width == PanelUnits && panel.Units == width)
            {
                for (int unit = 0; unit < PanelUnits; unit += TLanes.Count)
                {
                    default(TLanes).Store(dc);
                    new Gradients<TLanes>(gates + unit, PanelUnits, before + unit, tanh + unit, hiddenGradient + unit, dc).Store(gates + unit, PanelUnits, dc);
                }
            }
            else
            {
                int rows = Math.Min(together, panel.Rows - row);
                SpreadGates(gates, width, rows, room);
                Copy(before, stride, c, width, panel.Units, rows);
                Copy(tanh, width, t, width, width, rows);
                Copy(hiddenGradient, width, dh, width, width, rows);
                for (int unit = 0; unit < PanelUnits; unit += TLanes.Count)
                {
                    default(TLanes).Store(dc);
                    new Gradients<TLanes>(room + unit, PanelUnits, c + unit, t + unit, dh + unit, dc).Store(room + unit, PanelUnits, dc);
                }

                GatherGates(room, width, rows, gates);
            }

            gates += together * 4 * width;
            tanh += together * width;
            hiddenGradient += together * width;
            before += together * stride;
        }
    }

    /// <summary>Rows of narrow gates, as one row of gates of 16.</summary>
    private static void SpreadGates(float* gates, int width, int rows, float* room)
    {
        for (int gate = 0; gate < 4; gate++)
        {
            Copy(gates + (gate * width), 4 * width, room + (gate * PanelUnits), width, width, rows);
        }
    }

    private static void GatherGates(float* room, int width, int rows, float* gates)
    {
        for (int gate = 0; gate < 4; gate++)
        {
            Copy(room + (gate * PanelUnits), width, gates + (gate * width), 4 * width, width, rows);
        }
    }

    /// <summary>The first <paramref name="count"/> numbers of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, nint fromStride, float* to, nint toStride, int count, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < count; i++)
            {
                to[i] = from[i];
            }

            from += fromStride;
            to += toStride;
        }
    }

    /// <summary>A panel's sizes.</summary>
    /// <param name="Rows">Melodies in the batch.</param>
    /// <param name="Units">Units, 1 to 16.</param>
    /// <param name="GateWidth">Columns of a gate: the units rounded up to 4.</param>
    /// <param name="StateStride">Distance between the rows of c and h.</param>
    internal readonly record struct PanelRows(int Rows, int Units, int GateWidth, int StateStride);
}
