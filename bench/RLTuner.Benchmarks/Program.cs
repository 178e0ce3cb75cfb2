using BenchmarkDotNet.Running;
using RLTuner.Benchmarks;

// dotnet run -c Release --project bench/RLTuner.Benchmarks -- growth FOLDER    how the cost of a step grows: a table, and growth.svg in a folder
// dotnet run -c Release --project bench/RLTuner.Benchmarks -- --filter '*'     the kernels one by one
if (args is ["growth", string folder])
{
    Growth.Measure(folder);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
