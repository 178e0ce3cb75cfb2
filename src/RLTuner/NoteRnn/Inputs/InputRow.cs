namespace RLTuner.NoteRnn.Inputs;

/// <summary>A row of the lowest kernel that an input adds to the gates' sums.</summary>
/// <param name="Row">Its number, from 0; negative for none.</param>
/// <param name="Factor">What it is multiplied by; 1 is a plain sum.</param>
public readonly record struct InputRow(int Row, float Factor = 1)
{
    /// <summary>Nothing is heard.</summary>
    public static InputRow None => new(-1, 0);

    /// <summary>Whether there is no row.</summary>
    public bool IsNone => Row < 0;
}
