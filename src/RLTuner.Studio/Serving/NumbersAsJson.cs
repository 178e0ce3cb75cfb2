using System.Text.Json;
using System.Text.Json.Serialization;

namespace RLTuner.Studio.Serving;

/// <summary>What is no number is null, as in the files of a run.</summary>
internal sealed class NumbersAsJson : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
