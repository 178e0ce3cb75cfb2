using System.Diagnostics.CodeAnalysis;

namespace RLTuner.TensorFlow;

/// <summary>The type of a tensor's values, by TensorFlow's numbers. Types not named here are listed but cannot be read.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the types' usual names.")]
public enum TensorType
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>32-bit floating point.</summary>
    Float32 = 1,

    /// <summary>64-bit floating point.</summary>
    Float64 = 2,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 3,

    /// <summary>Text.</summary>
    Text = 7,

    /// <summary>Signed 64-bit integers.</summary>
    Int64 = 9,

    /// <summary>Truth values.</summary>
    Boolean = 10,
}

/// <summary>What the readers need to know of a type.</summary>
internal static class TensorTypes
{
    /// <summary>Bytes of a value; 0 for types that cannot be read.</summary>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.Float32 or TensorType.Int32 => 4,
        TensorType.Float64 or TensorType.Int64 => 8,
        _ => 0,
    };
}
