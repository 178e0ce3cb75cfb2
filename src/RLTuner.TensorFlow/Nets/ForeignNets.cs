namespace RLTuner.TensorFlow.Nets;

/// <summary>Names the nets of Magenta that are no Note RNN that hears the last event, and says why they cannot be used.</summary>
public static class ForeignNets
{
    private const int MostClasses = 130, LookbackMore = 7;

    /// <summary>What a checkpoint's net is; null where it is not known.</summary>
    public static string? Describe(TensorFlowCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        CheckpointTensor[] weights = [.. checkpoint.Tensors.Where(NoteRnnNames.IsWeight)];
        bool Names(string word) => weights.Any(tensor => tensor.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Names("attention") || Names("attn") ? "attention_rnn, whose layers also look back at their own last outputs (attention), which nets of RLTuner do not"
            : Names("encoder") && Names("decoder") ? "a net with an encoder and a decoder, such as MusicVAE's, which does not continue melodies event by event"
            : Names("backward_rnn") || Names("/bw/") ? "a net that reads in both directions, which cannot compose event by event"
            : NoteRnnNames.Find(weights) is [{ } net, ..] ? OfWidth(net) : null;
    }

    private static string? OfWidth(NoteRnnTensors net)
    {
        if (net.Output.Kernel.Shape is not [_, long classes] || net.Layers[0].Kernel.Shape is not [long rows, long columns])
        {
            return null;
        }

        long heard = rows - (columns / 4);
        return heard == (3 * (classes - 2)) + LookbackMore
                ? $"lookback_rnn over {classes - 2} classes, which also hears the events one and two bars ago, whether they were repeated, and the place in the bar; its two last classes repeat them"
            : heard != classes
                ? $"a net that hears {heard} numbers a step over {classes} classes: inputs beside the last event, such as chords (improv_rnn), that nets of RLTuner do not hear"
            : classes is 356 or 388 ? $"performance_rnn ({classes} classes: notes on and off, time and loudness), whose events are not those of a melody"
            : classes is 512 ? "drums_rnn (512 classes: which of nine drums sound together), whose events are not those of a melody"
            : classes > MostClasses ? $"a net over {classes} classes; melodies have {MostClasses} at most" : null;
    }
}
