using System.Globalization;
using RLTuner.TensorFlow.Tests;
using RLTuner.TensorFlow.Tests.Fuzz;
using SharpFuzz;

// afl TARGET seeds FOLDER: writes the target's sound files. afl TARGET: reads what afl-fuzz gives; what no reader may throw is a crash.
using TemporaryFolder folder = new();
FuzzTarget target = FuzzTargets.Create(args[0], folder);
if (args is [_, "seeds", string to])
{
    Directory.CreateDirectory(to);
    for (int i = 0; i < target.Seeds.Count; i++)
    {
        File.WriteAllBytes(Path.Combine(to, i.ToString(CultureInfo.InvariantCulture)), target.Seeds[i]);
    }

    return;
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using MemoryStream file = new();
    stream.CopyTo(file);
    _ = target.TryRead(file.ToArray());
});
