using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>The policy of a Note RNN, tuned or not: softmax of its logits, those of its prior added where it has one.</summary>
/// <param name="model">The net; later changes of its weights change the policy.</param>
/// <param name="metre">How long bars are, for nets that hear it; by default 4/4.</param>
public sealed class NoteRnnPolicy(NoteRnnModel model, TimeSignature? metre = null) : IPolicy
{
    /// <inheritdoc/>
    public MelodyEncoding Encoding => model.Encoding;

    /// <inheritdoc/>
    public bool KnowsBeginnings => model.KnowsBeginnings;

    /// <inheritdoc/>
    public IPolicyRun Begin(int batch, ReadOnlySpan<int> lengths = default)
    {
        NoteRnnRun run = new(model.Weights, batch, metre, lengths);
        return model.Prior is null ? run : new SumOfRuns(run, new NoteRnnRun(model.Prior, batch, metre, lengths), batch, model.Shape.Classes);
    }

    private sealed class SumOfRuns(IPolicyRun net, IPolicyRun prior, int batch, int classes) : IPolicyRun
    {
        private readonly float[] _priorLogits = new float[batch * classes];

        public void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default)
        {
            net.Read(events, logits, positions);
            prior.Read(events, _priorLogits, positions);
            VectorMath.AddTo(_priorLogits, logits[.._priorLogits.Length]);
        }

        public IPolicyRun Fork(ReadOnlySpan<int> rows) => new SumOfRuns(net.Fork(rows), prior.Fork(rows), rows.Length, classes);
    }
}
