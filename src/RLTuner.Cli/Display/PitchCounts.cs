using System.Globalization;
using System.Text.Json.Nodes;
using RLTuner.Music;

namespace RLTuner.Cli.Display;

/// <summary>How often each pitch is attacked, by MIDI number, the lowest first: <c>{"60":812,"62":640}</c>.</summary>
internal static class PitchCounts
{
    public static JsonObject Of(IEnumerable<Melody> melodies) => new(
        melodies.SelectMany(melody => melody.Events).Where(@event => @event.StartsNote).CountBy(@event => @event.Pitch).OrderBy(count => count.Key)
            .Select(count => KeyValuePair.Create(count.Key.MidiNumber.ToString(CultureInfo.InvariantCulture), (JsonNode?)count.Value)));
}
