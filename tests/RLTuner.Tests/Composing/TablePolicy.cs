using RLTuner.Composing;
using RLTuner.Music;

namespace RLTuner.Tests.Composing;

/// <summary>A policy that looks at the last event alone: its row of a table of logits.</summary>
internal sealed class TablePolicy(MelodyEncoding encoding, float[][] logits) : IPolicy
{
    public MelodyEncoding Encoding => encoding;

    public IPolicyRun Begin(int batch, ReadOnlySpan<int> lengths = default) => new Run(logits);

    private sealed class Run(float[][] logits) : IPolicyRun
    {
        public void Read(ReadOnlySpan<int> events, Span<float> next, ReadOnlySpan<int> positions = default)
        {
            for (int row = 0; row < events.Length; row++)
            {
                logits[events[row]].CopyTo(next[(row * logits.Length)..]);
            }
        }

        public IPolicyRun Fork(ReadOnlySpan<int> rows) => this;
    }
}
