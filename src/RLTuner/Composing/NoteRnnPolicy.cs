using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>The policy of a Note RNN, tuned or not: softmax of its logits, those of its prior added where it has one.</summary>
/// <param name="model">The net; later changes of its weights change the policy.</param>
public sealed class NoteRnnPolicy(NoteRnnModel model) : IPolicy
{
    /// <inheritdoc/>
    public MelodyEncoding Encoding => model.Encoding;

    /// <inheritdoc/>
    public IPolicyRun Begin(int batch) =>
        model.Prior is null ? new NoteRnnRun(model.Weights, batch) : new SumOfRuns(new(model.Weights, batch), new(model.Prior, batch), batch * model.Shape.Classes);

    private sealed class SumOfRuns(NoteRnnRun net, NoteRnnRun prior, int length) : IPolicyRun
    {
        private readonly float[] _priorLogits = new float[length];

        public void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default)
        {
            net.Read(events, logits, positions);
            prior.Read(events, _priorLogits);
            VectorMath.AddTo(_priorLogits, logits[..length]);
        }
    }
}
