using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using RLTuner.Reports.Protos;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Tracking;

/// <summary>What TensorBoard's plugin for hyperparameters (<c>HPARAMS</c>) is told of a run of a sweep: what it has that not all have, and its seed. Runs of one combination are a group.</summary>
internal static class Hyperparameters
{
    private const string Plugin = "hparams", StartTag = "_hparams_/session_start_info", EndTag = "_hparams_/session_end_info";

    private const int Success = 1;

    /// <summary>The record of a run that begins.</summary>
    public static Summary.Types.Value Begun(PlannedRun run)
    {
        SessionStartInfo info = new() { GroupName = run.Combination };
        foreach ((string name, string text) in run.Varied)
        {
            info.Hparams[name] = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Value.ForNumber(number) : Value.ForString(text);
        }

        info.Hparams["seed"] = Value.ForNumber(run.Plan.Seed);
        return TensorBoardFile.OfPlugin(StartTag, Plugin, new HParamsPluginData { SessionStartInfo = info }.ToByteString());
    }

    /// <summary>The record of a run that is done.</summary>
    public static Summary.Types.Value Done() =>
        TensorBoardFile.OfPlugin(EndTag, Plugin, new HParamsPluginData { SessionEndInfo = new SessionEndInfo { Status = Success } }.ToByteString());
}
