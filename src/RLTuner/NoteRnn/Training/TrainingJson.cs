using System.Text.Json.Serialization;

namespace RLTuner.NoteRnn.Training;

/// <summary>How training options are written and read without reflection, which native programs lack.</summary>
[JsonSerializable(typeof(TrainingOptions))]
internal sealed partial class TrainingJson : JsonSerializerContext;
