using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.NoteRnn;

namespace RLTuner.TensorFlow.Nets;

/// <summary>A Note RNN read from a TensorFlow checkpoint or Magenta bundle.</summary>
/// <param name="Model">The net; its lowest pitch is the caller's word, as most checkpoints do not tell.</param>
/// <param name="Tensors">The tensors it came from.</param>
/// <param name="Step">The training step, if known.</param>
public sealed record NoteRnnCheckpoint(NoteRnnModel Model, NoteRnnTensors Tensors, long? Step)
{
    private const int MostListed = 12;

    private static readonly ImmutableArray<(NoteRnnRole Role, string Scope)> Roles =
    [
        (NoteRnnRole.QNetwork, "q_network/"),
        (NoteRnnRole.TargetQNetwork, "target_q_network/"),
        (NoteRnnRole.RewardRnn, "reward_rnn/"),
    ];

    /// <summary>The weights.</summary>
    public NoteRnnWeights Weights => Model.Weights;

    /// <summary>Loads a net from whatever <see cref="TensorFlowCheckpoint.Open"/> takes.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="role">Which net, if the checkpoint is a tuned one of the original program.</param>
    /// <param name="expectedClasses">The class count that the caller needs; null takes any.</param>
    /// <param name="lowest">The pitch of class 2; null means what the files say, or <see cref="MelodyEncoding.UsualLowest"/>.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint is missing, damaged, or holds no such net.</exception>
    public static NoteRnnCheckpoint Load(
        string path, NoteRnnRole role = NoteRnnRole.QNetwork, int? expectedClasses = null, Pitch? lowest = null) =>
        From(TensorFlowCheckpoint.Open(path), role, expectedClasses, lowest);

    /// <summary>Takes a net from an open checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="role">Which net, if the checkpoint is a tuned one of the original program.</param>
    /// <param name="expectedClasses">The class count that the caller needs; null takes any.</param>
    /// <param name="lowest">The pitch of class 2; null means what the files say, or <see cref="MelodyEncoding.UsualLowest"/>.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint is damaged or holds no such net.</exception>
    public static NoteRnnCheckpoint From(
        TensorFlowCheckpoint checkpoint, NoteRnnRole role = NoteRnnRole.QNetwork, int? expectedClasses = null, Pitch? lowest = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        NoteRnnTensors tensors = Choose(checkpoint, role);
        if (tensors.Inconsistency() is CheckpointFormatException inconsistency)
        {
            throw inconsistency;
        }

        int classes = tensors.Shape.Classes;
        if (expectedClasses is int expected && expected != classes)
        {
            throw new CheckpointFormatException(
                checkpoint.Name, $"expected a net with {expected} output classes, found {classes}. "
                    + $"Pass --classes {classes} or a matching model.");
        }

        MelodyEncoding encoding = new(lowest ?? checkpoint.Lowest ?? MelodyEncoding.UsualLowest(classes), classes);
        try
        {
            _ = encoding.Validated();
        }
        catch (ArgumentException e)
        {
            throw new CheckpointFormatException(checkpoint.Name, e.Message, e);
        }

        return new NoteRnnCheckpoint(new NoteRnnModel(tensors.Read(), encoding), tensors, checkpoint.Step);
    }

    /// <summary>All nets that a checkpoint's tensors can be taken for, without reading their values.</summary>
    public static ImmutableArray<NoteRnnTensors> Recognise(TensorFlowCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ImmutableArray<NoteRnnTensors> named = [.. NoteRnnNames.Find(checkpoint.Tensors).Where(net => net.Inconsistency() is null)];
        return named.Length > 0 ? named : NoteRnnShapes.Find(checkpoint.Tensors);
    }

    private static NoteRnnTensors Choose(TensorFlowCheckpoint checkpoint, NoteRnnRole role)
    {
        string scope = Roles.First(pair => pair.Role == role).Scope;
        List<CheckpointTensor> own = [.. checkpoint.Tensors.Where(tensor => tensor.Name.StartsWith(scope, StringComparison.Ordinal))];
        if (own.Count == 0)
        {
            own = [.. checkpoint.Tensors.Where(tensor => !Roles.Any(pair => tensor.Name.StartsWith(pair.Scope, StringComparison.Ordinal)))];
            if (role != NoteRnnRole.QNetwork || !own.Exists(NoteRnnNames.IsWeight))
            {
                throw NotFound(checkpoint, $"a net under {scope}", checkpoint.Tensors);
            }
        }

        ImmutableArray<NoteRnnTensors> nets = NoteRnnNames.Find(own);
        if (nets.Length == 0)
        {
            nets = NoteRnnShapes.Find(own);
        }

        return nets.Length switch
        {
            1 => nets[0],
            0 => throw NotFound(checkpoint, "a Note RNN: for each LSTM layer a kernel [input + units, 4 x units] and bias [4 x units], "
                + "for the output [units, classes] and [classes]", own),
            _ => throw new CheckpointFormatException(checkpoint.Name, "expected one Note RNN, found several, with the outputs "
                + string.Join(", ", nets.Take(MostListed).Select(net => net.Output.Kernel.Name))),
        };
    }

    private static CheckpointFormatException NotFound(TensorFlowCheckpoint checkpoint, string expected, IEnumerable<CheckpointTensor> among)
    {
        List<CheckpointTensor> weights = [.. among.Where(NoteRnnNames.IsWeight)];
        string found = weights.Count == 0 ? "no weights" : string.Join(", ", weights.Take(MostListed));
        string more = weights.Count > MostListed ? $" and {weights.Count - MostListed} more" : "";
        return new CheckpointFormatException(checkpoint.Name, $"expected {expected}; found {found}{more}");
    }
}
