using System.Collections.Immutable;

namespace RLTuner.NoteRnn.Packed;

/// <summary>
/// Where the weights of a net lie in packed form, which is made for speed and for two threads: a layer's units are cut into panels of
/// 16, whose gates stand side by side, so that what one panel needs is one block of memory, and the panels of each layer into two shares.
/// Layout: for each share, for each layer, the kernels of its panels, each [input + units, 4·gate width] with columns i, j, f, o, then their
/// biases; after both shares the output's kernel [units, classes] and bias. The gate width is 16; in the last panel, the rest of the
/// units rounded up to 4. Rows of the output are filled up to 16 classes. What is filled up is zero and stays so: its gradient is zero.
/// Checked by packing and unpacking nets of many shapes.
/// </summary>
internal sealed class PackedLayout
{
    /// <summary>Work is always cut into two, whoever does it, so that sums do not depend on the number of threads.</summary>
    public const int Shares = 2;

    private const int UnitsOfPanel = 16, UnitsOfNarrowPanels = 4, FloatsOfRegister = 16;
    private const int Padding = -1;

    private readonly ImmutableArray<Panel>[,] _panels;
    private readonly ImmutableArray<Block>[] _blocks;
    private readonly int[] _plain;

    /// <summary>Lays out a net.</summary>
    public PackedLayout(NoteRnnShape shape)
    {
        Shape = shape;
        ClassColumns = PaddedToRegisters(shape.Classes);
        int layers = shape.LayerSizes.Length, output = 2 * layers;
        _panels = new ImmutableArray<Panel>[layers, Shares];
        _blocks = new ImmutableArray<Block>[Shares];
        List<Block>[] blocks = [[], []];
        int at = 0;
        void Take(int share, int variable, int length)
        {
            blocks[share].Add(new Block(variable, at, length));
            at = checked(at + length);
        }

        for (int share = 0; share < Shares; share++)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                int rows = shape.InputSize(layer) + shape.LayerSizes[layer], kernel = at;
                ImmutableArray<Panel> panels = PanelsOf(shape.LayerSizes[layer], share);
                int columns = panels.Sum(panel => panel.Columns);
                Take(share, 2 * layer, checked(rows * columns));
                int bias = at, before = panels.IsEmpty ? 0 : panels[0].ColumnsBefore;
                Take(share, (2 * layer) + 1, columns);
                _panels[layer, share] = [.. panels.Select(panel => panel with
                {
                    Kernel = kernel + (rows * (panel.ColumnsBefore - before)),
                    Bias = bias + panel.ColumnsBefore - before,
                })];
            }
        }

        OutputKernel = at;
        for (int share = 0; share < Shares; share++)
        {
            Take(share, output, Units(layers - 1, share).Count * ClassColumns);
        }

        OutputBias = at;
        Take(0, output + 1, ClassColumns);
        Length = at;
        for (int share = 0; share < Shares; share++)
        {
            _blocks[share] = [.. blocks[share].Where(block => block.Length > 0)];
        }

        _plain = PlainIndices();
    }

    /// <summary>The net's sizes.</summary>
    public NoteRnnShape Shape { get; }

    /// <summary>How many floats.</summary>
    public int Length { get; }

    /// <summary>Where the output's kernel begins.</summary>
    public int OutputKernel { get; }

    /// <summary>Where the output's bias begins.</summary>
    public int OutputBias { get; }

    /// <summary>Columns of the output: its classes and what fills them up.</summary>
    public int ClassColumns { get; }

    /// <summary>The panels of a layer that belong to a share.</summary>
    public ReadOnlySpan<Panel> Panels(int layer, int share) => _panels[layer, share].AsSpan();

    /// <summary>The units of a layer that belong to a share.</summary>
    public (int First, int Count) Units(int layer, int share)
    {
        ImmutableArray<Panel> panels = _panels[layer, share];
        return panels.IsEmpty ? (0, 0) : (panels[0].FirstUnit, panels[^1].FirstUnit + panels[^1].Units - panels[0].FirstUnit);
    }

    /// <summary>Columns of all panels of a layer, what fills them up included.</summary>
    public int Columns(int layer)
    {
        Panel last = _panels[layer, Shares - 1][^1];
        return last.ColumnsBefore + last.Columns;
    }

    /// <summary>All that belongs to a share.</summary>
    public ReadOnlySpan<Block> Blocks(int share) => _blocks[share].AsSpan();

    /// <summary>From the plain layout of <see cref="NoteRnnWeights"/>.</summary>
    public void Pack(ReadOnlySpan<float> plain, Span<float> packed)
    {
        for (int i = 0; i < _plain.Length; i++)
        {
            packed[i] = _plain[i] == Padding ? 0 : plain[_plain[i]];
        }
    }

    /// <summary>Back to the plain layout.</summary>
    public void Unpack(ReadOnlySpan<float> packed, Span<float> plain)
    {
        for (int i = 0; i < _plain.Length; i++)
        {
            if (_plain[i] != Padding)
            {
                plain[_plain[i]] = packed[i];
            }
        }
    }

    /// <summary>A number of floats rounded up to whole registers.</summary>
    public static int PaddedToRegisters(int count) => Padded(count, FloatsOfRegister);

    private static int Padded(int count, int multiple) => (count + multiple - 1) / multiple * multiple;

    private static ImmutableArray<Panel> PanelsOf(int units, int share)
    {
        int count = Padded(units, UnitsOfPanel) / UnitsOfPanel;
        ImmutableArray<Panel>.Builder panels = ImmutableArray.CreateBuilder<Panel>();
        for (int i = share * count / Shares; i < (share + 1) * count / Shares; i++)
        {
            int first = i * UnitsOfPanel, some = Math.Min(UnitsOfPanel, units - first);
            panels.Add(new Panel(first, some, Padded(some, UnitsOfNarrowPanels), 4 * first));
        }

        return panels.ToImmutable();
    }

    private int[] PlainIndices()
    {
        int[] plain = new int[Length];
        Array.Fill(plain, Padding);
        ImmutableArray<NoteRnnWeights.Variable> variables = NoteRnnWeights.VariablesOf(Shape);
        for (int layer = 0; layer < Shape.LayerSizes.Length; layer++)
        {
            NoteRnnWeights.Variable kernel = variables[2 * layer], bias = variables[(2 * layer) + 1];
            for (int share = 0; share < Shares; share++)
            {
                foreach (Panel panel in Panels(layer, share))
                {
                    for (int gate = 0; gate < 4; gate++)
                    {
                        for (int unit = 0; unit < panel.Units; unit++)
                        {
                            int from = (gate * Shape.LayerSizes[layer]) + panel.FirstUnit + unit, to = (gate * panel.GateWidth) + unit;
                            plain[panel.Bias + to] = bias.Offset + from;
                            for (int row = 0; row < kernel.Rows; row++)
                            {
                                plain[panel.Kernel + (row * panel.Columns) + to] = kernel.Offset + (row * kernel.Columns) + from;
                            }
                        }
                    }
                }
            }
        }

        for (int row = 0; row <= Shape.TopSize; row++)
        {
            for (int column = 0; column < Shape.Classes; column++)
            {
                // The bias follows the kernel like one more row.
                plain[OutputKernel + (row * ClassColumns) + column] = variables[^2].Offset + (row * Shape.Classes) + column;
            }
        }

        return plain;
    }

    /// <summary>Up to 16 units of a layer.</summary>
    /// <param name="FirstUnit">The first one's number in the layer.</param>
    /// <param name="Units">How many.</param>
    /// <param name="GateWidth">Columns of one gate.</param>
    /// <param name="ColumnsBefore">Columns of all panels before it in the layer.</param>
    /// <param name="Kernel">Where its kernel begins.</param>
    /// <param name="Bias">Where its bias begins.</param>
    public readonly record struct Panel(int FirstUnit, int Units, int GateWidth, int ColumnsBefore, int Kernel = 0, int Bias = 0)
    {
        /// <summary>Columns of all four gates.</summary>
        public int Columns => 4 * GateWidth;
    }

    /// <summary>A part of a variable that belongs to one share.</summary>
    /// <param name="Variable">Its place among <see cref="NoteRnnWeights.Variables"/>.</param>
    /// <param name="Offset">Where it begins.</param>
    /// <param name="Length">How many floats.</param>
    public readonly record struct Block(int Variable, int Offset, int Length);
}
