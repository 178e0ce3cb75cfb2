using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RLTuner.TensorFlow.Nets;

/// <summary>Recognises a Note RNN by the shapes of its tensors, where their names are unknown.</summary>
internal static partial class NoteRnnShapes
{
    private const int MostLayers = 64;
    private const int WidestNumber = 20;

    /// <summary>
    /// All ways to see the weights as a Note RNN that uses each of them once. Layers of equal shape are taken in the order of
    /// their names, and so are biases, unless one shares its kernel's folder.
    /// </summary>
    public static ImmutableArray<NoteRnnTensors> Find(IEnumerable<CheckpointTensor> tensors)
    {
        List<CheckpointTensor> weights =
        [
            .. tensors.Where(tensor => tensor.Type == TensorType.Float32 && NoteRnnNames.IsWeight(tensor))
                .OrderBy(tensor => NaturalOrder(tensor.Name), StringComparer.Ordinal),
        ];
        List<CheckpointTensor> matrices = weights.FindAll(tensor => tensor.Shape.Length == 2);
        List<CheckpointTensor> vectors = weights.FindAll(tensor => tensor.Shape.Length == 1);
        if (matrices.Count is < 2 or > MostLayers || vectors.Count != matrices.Count || matrices.Count + vectors.Count != weights.Count)
        {
            return [];
        }

        return [.. matrices.Select(output => Net(output, matrices, vectors)).OfType<NoteRnnTensors>()];
    }

    private static NoteRnnTensors? Net(CheckpointTensor output, List<CheckpointTensor> matrices, List<CheckpointTensor> vectors)
    {
        List<CheckpointTensor> rest = matrices.FindAll(matrix => matrix != output);
        List<CheckpointTensor> kernels = [];
        long input = output.Shape[1];
        while (rest.Find(kernel => kernel.Shape[0] - (kernel.Shape[1] / 4) == input) is CheckpointTensor next)
        {
            rest.Remove(next);
            kernels.Add(next);
            input = next.Shape[1] / 4;
        }

        if (rest.Count > 0)
        {
            return null;
        }

        // Biases that share a folder first, so that another kernel of the same width does not take them.
        List<CheckpointTensor> free = [.. vectors];
        Dictionary<CheckpointTensor, CheckpointTensor> biases = [];
        foreach (bool beside in new[] { true, false })
        {
            foreach (CheckpointTensor kernel in kernels.Append(output).Where(kernel => !biases.ContainsKey(kernel)))
            {
                bool Fits(CheckpointTensor bias) => bias.Shape[0] == kernel.Shape[1] && (!beside || Folder(bias) == Folder(kernel));
                if (free.Find(Fits) is CheckpointTensor found)
                {
                    free.Remove(found);
                    biases.Add(kernel, found);
                }
            }
        }

        if (free.Count > 0)
        {
            return null;
        }

        ImmutableArray<LayerTensors> layers = [.. kernels.Select(kernel => new LayerTensors(kernel, biases[kernel]))];
        NoteRnnTensors net = new("", layers, new LayerTensors(output, biases[output]), MatchedByShape: true);
        return net.Inconsistency() is null ? net : null;
    }

    private static string Folder(CheckpointTensor tensor) => tensor.Name[..(tensor.Name.LastIndexOf('/') + 1)];

    /// <summary>Puts layer 10 after layer 9.</summary>
    private static string NaturalOrder(string name) => Numbers().Replace(name, number => number.Value.PadLeft(WidestNumber, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
