namespace RLTuner.NoteRnn;

/// <summary>
/// A net and its prior as one net without: their units side by side, which hear nothing of each other, and both outputs added up. So formats that hold
/// one net alone hold what G-learning leaves.
/// </summary>
internal static class FoldedPrior
{
    /// <summary>Folds; logits are the sums of both nets' but for rounding.</summary>
    /// <param name="net">The net.</param>
    /// <param name="prior">The other: as many layers and classes, and no inputs that <paramref name="net"/> has not.</param>
    public static NoteRnnWeights Of(NoteRnnWeights net, NoteRnnWeights prior)
    {
        NoteRnnShape one = net.Shape, other = prior.Shape;
        if (one.LayerSizes.Length != other.LayerSizes.Length || one.Classes != other.Classes || Places(one, other) is not { } places)
        {
            throw new NoteRnnFormatException($"expected a prior of the same layers, classes and inputs to fold in, found {other} beside {one} (choose safetensors)");
        }

        NoteRnnWeights folded = new(one with { LayerSizes = [.. one.LayerSizes.Zip(other.LayerSizes, (a, b) => a + b)] });
        Add(net, folded, 0, [.. Enumerable.Range(0, one.Inputs.Width)]);
        Add(prior, folded, 1, places);
        return folded;
    }

    /// <summary>For each row of the prior's inputs its row among the net's; null where one is missing.</summary>
    private static int[]? Places(NoteRnnShape net, NoteRnnShape prior)
    {
        Dictionary<string, int> starts = [];
        int start = 0;
        foreach (Inputs.IInputEncoding part in net.Inputs.Parts)
        {
            starts.TryAdd(part.Name, start);
            start += part.Width;
        }

        return prior.Inputs.Parts.All(part => starts.ContainsKey(part.Name))
            ? [.. prior.Inputs.Parts.SelectMany(part => Enumerable.Range(starts[part.Name], part.Width))]
            : null;
    }

    /// <summary>Writes a net's values to its units: the first of each layer, or those after them.</summary>
    private static void Add(NoteRnnWeights source, NoteRnnWeights folded, int turn, int[] inputs)
    {
        NoteRnnShape from = source.Shape, to = folded.Shape;
        int First(int layer) => turn == 0 ? 0 : to.LayerSizes[layer] - from.LayerSizes[layer];
        for (int layer = 0; layer < from.LayerSizes.Length; layer++)
        {
            int units = from.LayerSizes[layer], all = to.LayerSizes[layer], width = from.InputSize(layer);
            for (int row = 0; row < width + units; row++)
            {
                int place = row >= width ? to.InputSize(layer) + First(layer) + row - width : layer == 0 ? inputs[row] : First(layer - 1) + row;
                CopyGates(source.Kernel(layer)[(row * 4 * units)..], folded.Kernel(layer)[(place * 4 * all)..]);
            }

            CopyGates(source.Bias(layer), folded.Bias(layer));

            void CopyGates(ReadOnlySpan<float> gates, Span<float> wider)
            {
                for (int gate = 0; gate < 4; gate++)
                {
                    gates.Slice(gate * units, units).CopyTo(wider[((gate * all) + First(layer))..]);
                }
            }
        }

        source.OutputKernel.CopyTo(folded.OutputKernel[(First(from.LayerSizes.Length - 1) * from.Classes)..]);
        for (int c = 0; c < from.Classes; c++)
        {
            folded.OutputBias[c] += source.OutputBias[c];
        }
    }
}
