using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn;

/// <summary>A net made fit for the files of a format: folded, approximated or refused where the format has no word for what it is.</summary>
/// <param name="Model">The net.</param>
/// <param name="Remarks">What the file does not say or says in another form, a sentence each.</param>
internal sealed record FittedNet(NoteRnnModel Model, ImmutableArray<string> Remarks)
{
    /// <summary>Fits a net to a format.</summary>
    /// <exception cref="NoteRnnFormatException">The format cannot hold such a net.</exception>
    public static FittedNet For(NoteRnnModel model, NetFormat format)
    {
        NetCapacity carries = format.Carries;
        List<string> remarks = [];
        if (!carries.Inputs && !model.Shape.Inputs.AreEvents)
        {
            (model, string remark) = WithEventsAlone(model, format.Name);
            remarks.Add(remark);
        }

        if (!carries.Prior && model.Prior is not null)
        {
            model = model with { Weights = FoldedPrior.Of(model.Weights, model.Prior), Prior = null };
            remarks.Add($"the prior of G-learning is folded in: one net, {model.Shape}, gives the sum of both");
        }

        if (!carries.Beginning && model.KnowsBeginnings)
        {
            model = model with { KnowsBeginnings = false };
            remarks.Add("the file does not say that the net knows how melodies begin: it needs an event to go on from");
        }

        if (!carries.Range && model.Encoding.Lowest != MelodyEncoding.UsualLowest(model.Shape.Classes))
        {
            remarks.Add($"the file does not say the range: say when it is read that class 2 is {model.Encoding.Lowest} (MIDI {model.Encoding.Lowest.MidiNumber})");
        }

        long bytes = sizeof(float) * (NoteRnnWeights.LengthOf(model.Shape) + (model.Prior is { } prior ? NoteRnnWeights.LengthOf(prior.Shape) : 0));
        return bytes <= carries.MostBytes
            ? new FittedNet(model, [.. remarks])
            : throw new NoteRnnFormatException($"{format.Name}: expected weights of at most {carries.MostBytes} bytes, found {bytes} in {model.Shape} (choose another format)");
    }

    /// <summary>
    /// Leaves out what a net may go without, since nothing is heard of it in primers either. Of bars it always hears something: without, it would
    /// play what nobody trained.
    /// </summary>
    private static (NoteRnnModel Model, string Remark) WithEventsAlone(NoteRnnModel model, string format)
    {
        NoteRnnInputs inputs = model.Shape.Inputs;
        if (inputs.Parts.Skip(1).FirstOrDefault(part => part is not (StepInput or EndInput)) is { } needed)
        {
            throw new NoteRnnFormatException(
                $"{format}: expected a net that hears the last event alone, found one that also hears '{needed.Name}' ({model.Shape}). Choose onnx, or tune a net that "
                + "hears events alone, such as 'plain'");
        }

        return (
            model with { Weights = Narrowed(model.Weights), Prior = model.Prior is null ? null : Narrowed(model.Prior) },
            $"the net also hears {string.Join(", ", inputs.Parts.Skip(1).Select(part => $"'{part.Name}'"))}, which the file cannot say: it plays as it does while it hears a primer");
    }

    private static NoteRnnWeights Narrowed(NoteRnnWeights weights)
    {
        NoteRnnShape shape = weights.Shape;
        NoteRnnWeights narrow = new(shape with { Inputs = NoteRnnInputs.Events(shape.Classes) });
        int columns = 4 * shape.LayerSizes[0], kept = shape.Classes * columns;
        weights.Values.AsSpan(0, kept).CopyTo(narrow.Values);
        weights.Values.AsSpan(shape.InputSize(0) * columns).CopyTo(narrow.Values.AsSpan(kept));
        return narrow;
    }
}
