namespace RLTuner.Settings;

/// <summary>Several settings of one record.</summary>
public static class SettingList
{
    /// <summary>Checks each.</summary>
    /// <exception cref="ArgumentException">One lies outside its range; the message names setting, range and value.</exception>
    public static void Check(object record, IEnumerable<Setting> settings)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(settings);
        foreach (Setting setting in settings)
        {
            setting.Check(record);
        }
    }

    /// <summary>Sets those that are given, in a record that nobody else holds yet.</summary>
    /// <param name="record">A fresh copy; it is changed.</param>
    /// <param name="settings">What may be given.</param>
    /// <param name="given">Values by setting name.</param>
    /// <returns>The record.</returns>
    public static T Fill<T>(T record, IEnumerable<Setting> settings, IReadOnlyDictionary<string, object> given)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(given);
        foreach (Setting setting in settings)
        {
            if (given.TryGetValue(setting.Name, out object? value))
            {
                setting.Set(record, value);
            }
        }

        return record;
    }
}
