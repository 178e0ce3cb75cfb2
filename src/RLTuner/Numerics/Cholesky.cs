namespace RLTuner.Numerics;

/// <summary>The factor L of a small symmetric positive definite matrix A = L·Lᵀ (Golub and Van Loan 2013, section 4.2), for systems of some dozens of unknowns.</summary>
internal sealed class Cholesky
{
    private readonly double[,] _factor;

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">Symmetric; only the lower triangle is read.</param>
    /// <exception cref="ArithmeticException">It is not positive definite.</exception>
    public Cholesky(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        _factor = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double left = matrix[row, column];
                for (int k = 0; k < column; k++)
                {
                    left -= _factor[row, k] * _factor[column, k];
                }

                _factor[row, column] = row > column ? left / _factor[column, column]
                    : left > 0 ? Math.Sqrt(left)
                    : throw new ArithmeticException($"expected a positive definite matrix, found {left} in row {row}");
            }
        }
    }

    /// <summary>log det A.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _factor.GetLength(0); i++)
            {
                sum += 2 * Math.Log(_factor[i, i]);
            }

            return sum;
        }
    }

    /// <summary>x of A·x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] x = b.ToArray();
        for (int row = 0; row < x.Length; row++)
        {
            for (int k = 0; k < row; k++)
            {
                x[row] -= _factor[row, k] * x[k];
            }

            x[row] /= _factor[row, row];
        }

        for (int row = x.Length - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < x.Length; k++)
            {
                x[row] -= _factor[k, row] * x[k];
            }

            x[row] /= _factor[row, row];
        }

        return x;
    }

    /// <summary>The diagonal of A⁻¹: variances, where A is a precision.</summary>
    public double[] InverseDiagonal()
    {
        int size = _factor.GetLength(0);
        double[] diagonal = new double[size], unit = new double[size];
        for (int i = 0; i < size; i++)
        {
            unit[i] = 1;
            diagonal[i] = Solve(unit)[i];
            unit[i] = 0;
        }

        return diagonal;
    }
}
