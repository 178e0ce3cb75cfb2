using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/RLTuner.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
