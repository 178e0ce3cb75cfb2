namespace RLTuner.Onnx;

/// <summary>The names in our ONNX files, which the reader looks for.</summary>
internal static class OnnxNames
{
    public const string Format = "format", FormatName = "rltuner-note-rnn", Classes = "classes", LowestPitch = "lowest_pitch", Inputs = "inputs", Beginning = "beginning",
        Learned = "learned", FromPrimer = "needs-an-event", Sha256 = "sha256", OutputKernel = "output.kernel", OutputBias = "output.bias", Logits = "logits";

    public static string InputWeights(int layer) => FormattableString.Invariant($"lstm.{layer}.W");

    public static string StateWeights(int layer) => FormattableString.Invariant($"lstm.{layer}.R");

    public static string Biases(int layer) => FormattableString.Invariant($"lstm.{layer}.B");

    public static string Hidden(int layer) => FormattableString.Invariant($"h_{layer}");

    public static string Cell(int layer) => FormattableString.Invariant($"c_{layer}");

    public static string Next(string state) => $"next_{state}";
}
