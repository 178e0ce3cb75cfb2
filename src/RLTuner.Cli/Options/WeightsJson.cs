using System.Text.Json.Serialization;

namespace RLTuner.Cli.Options;

/// <summary>How weights by rule are read without reflection, which native programs lack.</summary>
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class WeightsJson : JsonSerializerContext;
