using System.Diagnostics;

namespace RLTuner.Benchmarking;

/// <summary>Something that is timed: repeats of all stages alternate, so that a noisy moment spoils one repeat of each, not one stage.</summary>
public sealed class Stage
{
    private readonly Func<double> _job;
    private readonly Func<double, double> _figure;
    private readonly double? _limit;
    private readonly List<double> _wall = [], _cpu = [];

    /// <param name="name">As in the table.</param>
    /// <param name="unit">Of the figure.</param>
    /// <param name="job">Runs once; returns how many pieces of work it did.</param>
    /// <param name="figure">From seconds a piece to the figure.</param>
    /// <param name="limit">Seconds a piece by the machine's limit; none where no one limit applies.</param>
    internal Stage(string name, string unit, Func<double> job, Func<double, double> figure, double? limit = null)
    {
        (Name, Unit, _job, _figure, _limit) = (name, unit, job, figure, limit);
    }

    /// <summary>What is timed.</summary>
    public string Name { get; }

    /// <summary>Of the figures.</summary>
    public string Unit { get; }

    /// <summary>The median over repeats, by the clock.</summary>
    public double Wall => _figure(Median(_wall));

    /// <summary>The same by CPU time of all threads.</summary>
    public double Cpu => _figure(Median(_cpu));

    /// <summary>
    /// Share of the machine's limit, 0 to 1. By the shorter of the two times: what other programs take does not count, nor what the runtime
    /// compiles beside.
    /// </summary>
    public double? Share => _limit / Math.Min(Median(_wall), Median(_cpu));

    internal void WarmUp() => _job();

    internal void Repeat()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        double pieces = _job();
        _wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / pieces);
        _cpu.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds / pieces);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
