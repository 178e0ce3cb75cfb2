namespace RLTuner.Scores.Abc;

/// <summary>One tune of an ABC file, not yet read: see <see cref="AbcReader"/>.</summary>
/// <param name="FileName">The file it stands in.</param>
/// <param name="Number">Its number from the X: line, 0 where that holds none.</param>
/// <param name="Title">Its first title, empty where it has none.</param>
/// <param name="Lines">Its lines from the file's header and from X: to the blank line after the music, without comments.</param>
public sealed record AbcTune(string FileName, int Number, string Title, IReadOnlyList<AbcLine> Lines)
{
    /// <summary>What was passed over when the file was split into tunes.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>What messages call it, such as <c>file.abc, tune 12 (Title)</c>.</summary>
    public string Name => Title.Length == 0 ? $"{FileName}, tune {Number}" : $"{FileName}, tune {Number} ({Title})";
}

/// <summary>A line of an ABC file.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Text">Its text without comment and end.</param>
public readonly record struct AbcLine(int Number, string Text)
{
    /// <summary>
    /// The letter of the field that the line is, such as K in <c>K:D</c>; null where it is music or a directive. A line such as
    /// <c>D:|</c> is music: no field begins with a bar line.
    /// </summary>
    internal char? Field => Text.Length >= 2 && Text[1] == ':' && (char.IsAsciiLetter(Text[0]) || Text[0] == '+')
        && !(Text.Length > 2 && Text[2] is '|' or ':') ? Text[0] : null;

    /// <summary>What stands after the field's colon.</summary>
    internal string Value => Text[2..].Trim();
}
