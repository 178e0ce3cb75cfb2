using BenchmarkDotNet.Attributes;
using RLTuner.Numerics;

namespace RLTuner.Benchmarks;

/// <summary>The matrix products of the paper's net: [rows, inner] x [inner, columns].</summary>
public class MatrixProductBenchmarks
{
    private float[] _a = [], _b = [], _bias = [], _c = [];

    /// <summary>Hidden to gates and hidden to classes, playing and learning; then the kernel's gradient.</summary>
    [Params("1x100x400", "32x100x400", "1x100x38", "32x100x38", "100x32x400")]
    public string Shape { get; set; } = "1x100x400";

    private int Rows { get; set; }

    private int Inner { get; set; }

    private int Columns { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        (Rows, Inner, Columns) = (sizes[0], sizes[1], sizes[2]);
        _a = PaperNet.Numbers(Rows * Inner, "a");
        _b = PaperNet.Numbers(Inner * Columns, "b");
        _bias = PaperNet.Numbers(Columns, "bias");
        _c = new float[Rows * Columns];
    }

    [Benchmark]
    public void Multiply() => MatrixProduct.Multiply(
        new MatrixView(_a, Rows, Inner), new MatrixView(_b, Inner, Columns), MatrixView.RepeatedRow(_bias, Rows), _c);
}
