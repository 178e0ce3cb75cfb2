using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace RLTuner.Settings;

/// <summary>A number of a run as its property declares it: how it is named, read from text, checked and shown.</summary>
public sealed class Setting
{
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _declared;
    private readonly ImmutableArray<(string Word, object Value)> _words;

    private Setting(PropertyInfo property, SettingAttribute declared)
    {
        _property = property;
        _declared = declared;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _words = Type.IsEnum ? WordsOf(Type) : [];
    }

    /// <summary>Words joined by hyphens, such as <c>reward-scaler</c>.</summary>
    public string Name => _declared.Name;

    /// <summary>What it is, in one line.</summary>
    public string Meaning => _declared.Meaning;

    /// <summary>What it is counted in; empty for a plain number.</summary>
    public string Unit => _declared.Unit;

    /// <summary>Where the default comes from.</summary>
    public string Source => _declared.Source;

    /// <summary>The kind of value: a number, a switch (<see cref="bool"/>) or a word (an enumeration).</summary>
    public Type Type { get; }

    /// <summary>Whether it may be left to what other settings say, or to nothing.</summary>
    public bool IsOptional => Type != _property.PropertyType;

    /// <summary>The words that it takes; empty for numbers and switches.</summary>
    public ImmutableArray<string> Words => [.. _words.Select(entry => entry.Word)];

    /// <summary>The values that it takes, for a message: <c>from 0 to 1</c>.</summary>
    public string Range => !_words.IsEmpty ? $"one of {string.Join(", ", Words)}"
        : Type == typeof(bool) ? "on or off"
        : Type == typeof(ulong) ? $"a whole number from 0 to {ulong.MaxValue}"
        : $"{(IsWhole ? "a whole number" : "a number")} {(_declared.MinIsOutside ? "above" : "from")} {Text(_declared.Min)} to {Text(_declared.Max)}";

    /// <summary>The lowest value; minus infinity where there is none.</summary>
    public double Min => _declared.Min;

    /// <summary>The highest value; infinity where there is none.</summary>
    public double Max => _declared.Max;

    /// <summary>Whether <see cref="Min"/> itself is refused.</summary>
    public bool MinIsOutside => _declared.MinIsOutside;

    private bool IsWhole => Type == typeof(int) || Type == typeof(long);

    /// <summary>The settings of a record, in the order of its properties.</summary>
    /// <typeparam name="T">The record.</typeparam>
    public static ImmutableArray<Setting> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>() => Of(typeof(T));

    /// <summary>The settings of a record, in the order of its properties.</summary>
    /// <param name="record">The record's type.</param>
    public static ImmutableArray<Setting> Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return [.. record.GetProperties().Select(property => (property, declared: property.GetCustomAttribute<SettingAttribute>()))
            .Where(pair => pair.declared is not null).Select(pair => new Setting(pair.property, pair.declared!))];
    }

    /// <summary>The value in a record; null where it is left open.</summary>
    public object? Get(object record) => _property.GetValue(record);

    /// <summary>Sets the value in a record that nobody else holds yet, such as a copy.</summary>
    internal void Set(object record, object? value) => _property.SetValue(record, value);

    /// <summary>The value in a record as text that <see cref="Parse"/> reads, or as the default's meaning where it is left open.</summary>
    public string TextIn(object record) => Get(record) is { } value ? Text(value) : _declared.DefaultMeaning ?? "none";

    /// <summary>A value as text that <see cref="Parse"/> reads.</summary>
    public string Text(object value) => value switch
    {
        bool isOn => isOn ? "on" : "off",
        Enum => _words.First(entry => entry.Value.Equals(value)).Word,
        double number => number.ToString(Math.Abs(number) is >= 1e6 and < 1e15 ? "0" : null, CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Reads a value; underscores in words, as the original writes them, count as hyphens.</summary>
    /// <exception cref="ArgumentException">The text is no value within the range; the message names setting, range and text.</exception>
    public object Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        object? value = Type == typeof(long) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
            : Type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small) ? small
            : Type == typeof(ulong) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong natural) ? natural
            : Type == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
            : Type == typeof(float) && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float single) ? single
            : Type == typeof(bool) && text is "on" or "off" ? text == "on"
            : _words.FirstOrDefault(entry => entry.Word.Equals(text.Replace('_', '-'), StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null && IsInRange(value) ? value : throw Refused($"'{text}'{HintOn(text)}");
    }

    /// <summary>Checks the value in a record.</summary>
    /// <exception cref="ArgumentException">It lies outside its range; the message names setting, range and value.</exception>
    public void Check(object record)
    {
        if (Get(record) is { } value && !IsInRange(value))
        {
            throw Refused(Text(value));
        }
    }

    private bool IsInRange(object value)
    {
        if (!IsWhole && Type != typeof(double) && Type != typeof(float))
        {
            return true;
        }

        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return number <= _declared.Max && (_declared.MinIsOutside ? number > _declared.Min : number >= _declared.Min);
    }

    private ArgumentException Refused(string found) => new($"{Name}: expected {Range}, found {found}");

    private static string HintOn(string text) => text.Contains(',', StringComparison.Ordinal) ? " (write a point for the decimals, and no commas)" : "";

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The fields of an enumeration that is used are kept.")]
    private static ImmutableArray<(string, object)> WordsOf(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field =>
            (field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? Hyphenated(field.Name), field.GetValue(null)!))];

    /// <summary>A name of the code as options write it: words joined by hyphens.</summary>
    public static string Hyphenated(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
