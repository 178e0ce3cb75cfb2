using System.Globalization;
using RLTuner.TensorFlow.Tests;
using RLTuner.TensorFlow.Tests.Fuzz;
using SharpFuzz;

// afl TARGET seeds FOLDER: writes the target's sound files. afl TARGET: reads what afl-fuzz gives; what no reader may throw is a crash.
using TemporaryFolder folder = new();
if (args is [_, "seeds", string to])
{
    FuzzTarget target = FuzzTargets.Create(args[0], folder);
    Directory.CreateDirectory(to);
    for (int i = 0; i < target.Seeds.Count; i++)
    {
        File.WriteAllBytes(Path.Combine(to, i.ToString(CultureInfo.InvariantCulture)), target.Seeds[i]);
    }

    return;
}

// Code that afl-fuzz sees runs within its own call alone.
FuzzTarget? tried = null;
Fuzzer.OutOfProcess.Run(stream =>
{
    tried ??= FuzzTargets.Create(args[0], folder);
    using MemoryStream file = new();
    stream.CopyTo(file);
    _ = tried.TryRead(file.ToArray());
});
