using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RLTuner.TensorFlow.Nets;

/// <summary>Recognises a Note RNN's tensors by the names that Magenta's nets have had under TensorFlow 0.x, 1.0 and since 1.2.</summary>
internal static partial class NoteRnnNames
{
    /// <summary>Whether a tensor is a weight, rather than an optimiser's memory of one or a counter.</summary>
    public static bool IsWeight(CheckpointTensor tensor) => !BookKeeping().IsMatch(tensor.Name);

    /// <summary>All sets of tensors that make a whole net, by what their names begin with.</summary>
    public static ImmutableArray<NoteRnnTensors> Find(IEnumerable<CheckpointTensor> tensors)
    {
        SortedDictionary<string, Parts> scopes = new(StringComparer.Ordinal);
        foreach (CheckpointTensor tensor in tensors.Where(IsWeight))
        {
            Match match = LstmName().Match(tensor.Name);
            int layer = match.Success ? int.Parse(match.Groups["layer"].ValueSpan, CultureInfo.InvariantCulture) : Parts.OutputLayer;
            if (!match.Success && !(match = OutputName().Match(tensor.Name)).Success)
            {
                continue;
            }

            string scope = match.Groups["scope"].Value;
            if (!scopes.TryGetValue(scope, out Parts? parts))
            {
                scopes.Add(scope, parts = new Parts());
            }

            parts.Add(layer, match.Groups["kernel"].Success, tensor);
        }

        return [.. scopes.Select(scope => scope.Value.Net(scope.Key)).OfType<NoteRnnTensors>()];
    }

    [GeneratedRegex(
        @"^(?<scope>(.*?/)??)((RNN|rnn)/)?(MultiRNNCell/Cell|multi_rnn_cell/cell_)(?<layer>[0-9]{1,4})/"
        + @"((Basic)?LSTMCell|(basic_)?lstm_cell)/"
        + @"((?<kernel>W_0|Linear/Matrix|weights|kernel)|B|Linear/Bias|biases|bias)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LstmName();

    [GeneratedRegex(
        @"^(?<scope>(.*/)?)fully_connected/((?<kernel>weights|kernel)|biases|bias)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex OutputName();

    [GeneratedRegex(
        @"(^|/)((Adagrad|Adam|Momentum|RMSProp|Adadelta|ExponentialMovingAverage|Ftrl)(_[0-9]+)?|beta[12]_power(_[0-9]+)?|global_step)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex BookKeeping();

    private sealed class Parts
    {
        // Sorts after every layer.
        public const int OutputLayer = int.MaxValue;

        private readonly SortedDictionary<int, (CheckpointTensor? Kernel, CheckpointTensor? Bias)> _layers = [];
        private bool _doubled;

        public void Add(int layer, bool isKernel, CheckpointTensor tensor)
        {
            (CheckpointTensor? kernel, CheckpointTensor? bias) = _layers.GetValueOrDefault(layer);
            _doubled |= (isKernel ? kernel : bias) is not null;
            _layers[layer] = isKernel ? (tensor, bias) : (kernel, tensor);
        }

        /// <summary>The net, or null where a part is missing or named twice.</summary>
        public NoteRnnTensors? Net(string scope)
        {
            bool whole = !_doubled && _layers.Count > 1 && _layers.ContainsKey(OutputLayer) && _layers.ContainsKey(_layers.Count - 2)
                && _layers.Values.All(layer => layer.Kernel is not null && layer.Bias is not null);
            if (!whole)
            {
                return null;
            }

            List<LayerTensors> layers = [.. _layers.Values.Select(layer => new LayerTensors(layer.Kernel!, layer.Bias!))];
            return new NoteRnnTensors(scope, [.. layers.SkipLast(1)], layers[^1], MatchedByShape: false);
        }
    }
}
