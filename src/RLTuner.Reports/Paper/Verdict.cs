using MathNet.Numerics.Distributions;
using RLTuner.Reports.Sweeps;

namespace RLTuner.Reports.Paper;

/// <summary>What a published number is beside ours.</summary>
internal enum Verdict
{
    /// <summary>There are too few seeds to say.</summary>
    Unknown,

    /// <summary>One more seed of ours may well give it.</summary>
    Reproduced,

    /// <summary>One more seed of ours may give it, but the number of the untuned net just as well: seeds differ too much, or tuning does too little, to say more.</summary>
    Either,

    /// <summary>One more seed of ours would hardly give it.</summary>
    Not,

    /// <summary>Neither it nor another number of the same net is reproduced, but both are with their places exchanged.</summary>
    Exchanged,
}

/// <summary>Judges published numbers, each of one run, by the seeds that we have.</summary>
internal static class Verdicts
{
    private const double High = .975;

    /// <summary>The verdict on the number in a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The net.</param>
    /// <param name="ours">Our estimate of each figure of this net.</param>
    public static Verdict Of(PublishedRow row, int column, Func<string, SeedEstimate> ours)
    {
        SeedEstimate mine = ours(row.Figure);
        if (mine.Count < 2)
        {
            return Verdict.Unknown;
        }

        return MayGive(mine, row.Printed[column]) ? (column > 0 && MayGive(mine, row.Printed[0]) ? Verdict.Either : Verdict.Reproduced)
            : PublishedTable.ExchangedWith(row) is { } other && !MayGive(ours(other.Figure), other.Printed[column])
                && MayGive(mine, other.Printed[column]) && MayGive(ours(other.Figure), row.Printed[column]) ? Verdict.Exchanged
            : Verdict.Not;
    }

    /// <summary>Whether a further seed may give a number: it lies in the 95 % prediction interval, mean ± t s √(1 + 1/n), or is rounded out of it.</summary>
    public static bool MayGive(SeedEstimate ours, PrintedNumber published) => Math.Abs(published.Value - ours.Mean) <= Reach(ours) + published.Rounding;

    /// <summary>Half the width of the prediction interval; NaN for fewer than two seeds.</summary>
    public static double Reach(SeedEstimate ours) =>
        ours.Count < 2 ? double.NaN : StudentT.InvCDF(0, 1, ours.Count - 1, High) * ours.Deviation * Math.Sqrt(1 + (1.0 / ours.Count));
}
