using System.Globalization;
using System.Reflection;
using RLTuner.Corpus;
using RLTuner.NoteRnn.Training;
using RLTuner.Settings;

namespace RLTuner.Studio.Jobs;

/// <summary>How a net is trained, from texts by the names of the options of <c>rltuner note-rnn train</c>.</summary>
/// <param name="Units">Units of each layer.</param>
/// <param name="Options">All else.</param>
internal sealed record TrainingSettings(IReadOnlyList<int> Units, TrainingOptions Options)
{
    private const string UnitsName = "units", InputsName = "inputs", Event = "event";

    private static readonly Dictionary<string, PropertyInfo> Properties =
        typeof(TrainingOptions).GetProperties().Where(property => property.CanWrite).ToDictionary(property => Setting.Hyphenated(property.Name));

    /// <summary>Reads the texts; what is not given has its default.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or a value is none.</exception>
    public static TrainingSettings Parse(IReadOnlyDictionary<string, string> settings)
    {
        IReadOnlyList<int> units = [100];
        TrainingOptions options = new();
        foreach ((string name, string text) in settings)
        {
            if (name == UnitsName)
            {
                units = [.. text.Split(',').Select(layer => int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 4096
                    ? number
                    : throw new ArgumentException($"{name}: expected 1 to 4096 units, or several numbers such as 128,128, found '{text}'"))];
                continue;
            }

            PropertyInfo property = Properties.GetValueOrDefault(name)
                ?? throw new ArgumentException($"expected {UnitsName}, {string.Join(", ", Properties.Keys)}, found '{name}'");
            property.SetValue(options, name == InputsName ? (text == "none" ? Event : $"{Event} {text.Replace(',', ' ')}") : Number(name, text, property.PropertyType));
        }

        return new TrainingSettings(units, options.Validated());
    }

    /// <summary>A trainer at the beginning.</summary>
    /// <exception cref="ArgumentException">The corpus holds nothing to learn from or to judge by.</exception>
    public NoteRnnTrainer Begin(MelodyCorpus corpus, int epochs) => new(corpus, Units, Options with { Epochs = epochs });

    private static object Number(string name, string text, Type type)
    {
        try
        {
            return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new ArgumentException($"{name}: expected a number, found '{text}'");
        }
    }
}
