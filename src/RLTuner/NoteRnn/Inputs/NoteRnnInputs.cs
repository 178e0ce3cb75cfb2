using System.Collections.Immutable;
using System.Globalization;

namespace RLTuner.NoteRnn.Inputs;

/// <summary>
/// All that a net hears at a step: the event heard last, and what else it may hear, side by side. Their rows lie one after the other in the lowest
/// kernel. A value: two with the same parts are equal.
/// </summary>
public sealed class NoteRnnInputs : IEquatable<NoteRnnInputs>
{
    private const int MostParts = 16, MostNumber = 65536;

    private NoteRnnInputs(ImmutableArray<IInputEncoding> parts)
    {
        Parts = parts;
        Width = parts.Sum(part => part.Width);
        MostRows = parts.Sum(part => part.MostRows);
    }

    /// <summary>The parts; the first is always the event.</summary>
    public ImmutableArray<IInputEncoding> Parts { get; }

    /// <summary>Rows of the lowest kernel that belong to inputs.</summary>
    public int Width { get; }

    /// <summary>The most rows that are heard at a step.</summary>
    public int MostRows { get; }

    /// <summary>Whether events alone are heard.</summary>
    public bool AreEvents => Parts.Length == 1;

    /// <summary>The event heard last, alone.</summary>
    public static NoteRnnInputs Events(int classes) => new([new EventInput(classes)]);

    /// <summary>These, and one more.</summary>
    public NoteRnnInputs With(IInputEncoding part) => new(Parts.Add(part));

    /// <summary>Whether a part is among them.</summary>
    public bool Has<T>()
        where T : IInputEncoding => Parts.Any(part => part is T);

    /// <summary>Says what is heard before a step.</summary>
    /// <param name="heard">The melody so far.</param>
    /// <param name="rows">Receives <see cref="MostRows"/> rows of the lowest kernel.</param>
    public void Encode(HeardSoFar heard, Span<InputRow> rows)
    {
        int first = 0;
        foreach (IInputEncoding part in Parts.AsSpan())
        {
            Span<InputRow> own = rows[..part.MostRows];
            part.Encode(heard, own);
            if (first > 0)
            {
                foreach (ref InputRow row in own)
                {
                    row = row.IsNone ? row : row with { Row = first + row.Row };
                }
            }

            first += part.Width;
            rows = rows[part.MostRows..];
        }
    }

    /// <summary>What melodies hear whose last event alone is known, and perhaps the step.</summary>
    /// <param name="events">[batch] class numbers.</param>
    /// <param name="steps">[batch]: which step of its melody comes next; left out, or negative, for none.</param>
    /// <param name="rows">Receives [batch, <see cref="MostRows"/>].</param>
    internal void EncodeEvents(ReadOnlySpan<int> events, ReadOnlySpan<int> steps, Span<InputRow> rows)
    {
        for (int row = 0; row < events.Length; row++)
        {
            Encode(new HeardSoFar(events.Slice(row, 1), steps.IsEmpty ? -1 : steps[row], MelodyPlan.CommonTime), rows.Slice(row * MostRows, MostRows));
        }
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Words with spaces between, such as <c>event bars-ago:1 bar</c>.</param>
    /// <param name="classes">Event classes.</param>
    /// <exception cref="FormatException">The text says something else.</exception>
    public static NoteRnnInputs Parse(string text, int classes)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ', MostParts + 1, StringSplitOptions.RemoveEmptyEntries);
        NoteRnnInputs inputs = Events(classes);
        return words.Length <= MostParts && words.FirstOrDefault() == inputs.Parts[0].Name
            ? words.Skip(1).Aggregate(inputs, (some, word) => some.With(PartOf(word, classes)))
            : throw new FormatException($"expected the inputs of a net, 'event' first, found '{text}'");
    }

    /// <inheritdoc/>
    public bool Equals(NoteRnnInputs? other) =>
        other is not null && Parts.AsSpan().Length == other.Parts.Length
        && Parts.Zip(other.Parts).All(pair => pair.First.Name == pair.Second.Name && pair.First.Width == pair.Second.Width);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NoteRnnInputs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parts.Length, Width);

    /// <summary>The words of its parts, such as <c>event bars-ago:1 bar</c>.</summary>
    public override string ToString() => string.Join(' ', Parts.Select(part => part.Name));

    private static IInputEncoding PartOf(string word, int classes)
    {
        string name = word.Split(':')[0];
        int number = word == name ? 0
            : int.TryParse(word.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int found) && found is >= 1 and <= MostNumber ? found : -1;
        return (name, number) switch
        {
            (BarInput.Word, 0) => new BarInput(),
            (EndInput.Word, 0) => new EndInput(),
            (BarsAgoInput.Word, > 0) => new BarsAgoInput(classes, number),
            (StepInput.Word, > 0) => new StepInput(number),
            _ => throw new FormatException(
                $"expected an input such as {BarInput.Word}, {EndInput.Word}, {BarsAgoInput.Word}:1 or {StepInput.Word}:32, found '{word}' (a newer program may know it)"),
        };
    }
}
