using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RLTuner.Studio.Serving;

/// <summary>How all that page and server tell each other is written: names in camel case, words for enumerations, null for what is no number.</summary>
internal static class StudioJson
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Converters.Add(new NumbersAsJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;

        // Angle brackets as codes: no answer is ever a page, whatever a title says.
        options.Encoder = JavaScriptEncoder.Default;
        return options;
    }
}
