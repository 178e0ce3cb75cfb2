using RLTuner.Music.Analysis;

namespace RLTuner.Tests.Music.Analysis;

/// <summary>Autocorrelation in whole numbers.</summary>
public sealed class AutocorrelationTests
{
    [Fact]
    public void A_constant_row_has_none_however_long()
    {
        Autocorrelation row = default;
        for (int i = 0; i < 100_000; i++)
        {
            row = row.With(127);
        }

        Assert.True(row.IsConstant);
        Assert.False(row.At(1).IsDefined);
        Assert.Equal(double.NaN, row.At(1).Value);
        Assert.False(row.At(1).IsStrongerThan(0));
    }

    [Fact]
    public void A_long_row_does_not_overflow()
    {
        Autocorrelation row = default;
        for (int i = 0; i < 1_000_000; i++)
        {
            row = row.With(i % 2 == 0 ? 127 : 0);
        }

        Assert.Equal(-1, row.At(1).Value, 1e-5);
        Assert.Equal(1, row.At(2).Value, 1e-5);
    }

    [Fact]
    public void The_threshold_is_compared_without_rounding()
    {
        Assert.False(new Correlation(15, 100).IsStrongerThan(15));
        Assert.False(new Correlation(-3, 20).IsStrongerThan(15));
        Assert.True(new Correlation(-150_000_000_000_001, 1_000_000_000_000_000).IsStrongerThan(15));
    }

    [Fact]
    public void Asking_what_an_entry_would_change_changes_nothing()
    {
        Autocorrelation row = default(Autocorrelation).With(3).With(5).With(4);
        Autocorrelation before = row;
        _ = row.With(9).At(1);
        Assert.Equal(before, row);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Other_lags_are_refused(int lag) => Assert.Throws<ArgumentOutOfRangeException>(() => default(Autocorrelation).At(lag));
}
