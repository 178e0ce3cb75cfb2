using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>The words of the original for class numbers.</summary>
internal static class MagentaNames
{
    public static string NameOf(int classNumber, MelodyEncoding encoding) => classNumber switch
    {
        MagentaReading.NoteOff => "note off",
        MagentaReading.NoEvent => "no event",
        _ => encoding.EventOf(classNumber).ToString(),
    };
}
