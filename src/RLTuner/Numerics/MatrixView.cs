namespace RLTuner.Numerics;

/// <summary>A read-only matrix over a span: element (r, c) lies at r·<see cref="RowStride"/> + c·<see cref="ColumnStride"/>.</summary>
internal readonly ref struct MatrixView
{
    /// <summary>A row-major matrix.</summary>
    /// <exception cref="ArgumentException">The values are too few.</exception>
    public MatrixView(ReadOnlySpan<float> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    private MatrixView(ReadOnlySpan<float> values, int rows, int columns, int rowStride, int columnStride)
    {
        long needed = rows == 0 || columns == 0 ? 0 : ((rows - 1L) * rowStride) + ((columns - 1L) * columnStride) + 1;
        if (values.Length < needed)
        {
            throw new ArgumentException($"expected {needed} values for a {rows}x{columns} matrix, found {values.Length}", nameof(values));
        }

        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>The elements' storage.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Distance between vertical neighbours.</summary>
    public int RowStride { get; }

    /// <summary>Distance between horizontal neighbours.</summary>
    public int ColumnStride { get; }

    /// <summary>The same storage read with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    /// <summary>A row-major matrix whose every row is the same.</summary>
    public static MatrixView RepeatedRow(ReadOnlySpan<float> row, int rows) => new(row, rows, row.Length, 0, 1);
}
