namespace RLTuner.TensorFlow.Nets;

/// <summary>The tensors of one layer: an LSTM's, or the output's.</summary>
/// <param name="Kernel">The matrix.</param>
/// <param name="Bias">The vector.</param>
public sealed record LayerTensors(CheckpointTensor Kernel, CheckpointTensor Bias);
