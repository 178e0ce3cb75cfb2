namespace RLTuner.TensorFlow;

/// <summary>The kinds of checkpoint that can be read.</summary>
public enum CheckpointKind
{
    /// <summary>TensorFlow's first format: one sorted table, or several.</summary>
    V1,

    /// <summary>TensorFlow's second format: an index and data files.</summary>
    V2,

    /// <summary>A Magenta bundle with a V1 checkpoint in it.</summary>
    MagentaBundle,

    /// <summary>A folder of Magenta.js.</summary>
    MagentaJs,
}
