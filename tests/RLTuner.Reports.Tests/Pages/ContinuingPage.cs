using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>A page that lets an exported net go on with a melody: it does so as our own program expects, is heard, and asks nobody outside.</summary>
internal static class ContinuingPage
{
    private static readonly int[] Primer = [60, -2, 62, -2, 64, -2, 65, 67];

    /// <summary>Opens <c>index.html</c> of a folder and holds it to the above.</summary>
    /// <param name="site">The folder.</param>
    /// <param name="net">The net in it.</param>
    /// <param name="fromTheStart">Whether the page lets the net know that the melody begins.</param>
    public static async Task AssertContinuesAsync(string site, NoteRnnModel net, bool fromTheStart)
    {
        await using Browser browser = await Browser.StartAsync();
        using HttpListener server = LocalSite.Serve(site, out string address);
        IPage page = await browser.OpenAsync(address, 900);
        await page.EvaluateAsync("() => ready");
        Assert.Equal("Ready.", await page.TextContentAsync("#said"));

        JsonElement found = await page.EvaluateAsync<JsonElement>(
            """
            async primer => {
              const { notes, probabilities } = await continued(primer, 16, 1);
              const audio = new OfflineAudioContext(1, 44100 * 3, 44100);
              schedule(audio, notes, 0);
              const heard = (await audio.startRendering()).getChannelData(0);
              return { notes: notes.length, first: probabilities[0], steps: probabilities.length, loudest: Math.max(...heard.slice(0, 44100)) };
            }
            """,
            Primer);
        Assert.Equal(16, found.GetProperty("steps").GetInt32());
        Assert.InRange(found.GetProperty("notes").GetInt32(), 5, 24);
        Assert.InRange(found.GetProperty("loudest").GetDouble(), 0.05, 1);
        Assert.All(Expected(net, fromTheStart).Zip(found.GetProperty("first").EnumerateArray()), pair => Assert.InRange(pair.First - pair.Second.GetDouble(), -1e-5, 1e-5));
        Assert.All(browser.Requests, request => Assert.Contains(address, request, StringComparison.Ordinal));
    }

    /// <summary>What our own program expects after the primer, which begins the melody.</summary>
    private static float[] Expected(NoteRnnModel net, bool fromTheStart)
    {
        IPolicyRun run = new NoteRnnPolicy(net).Begin(1);
        float[] expected = new float[net.Shape.Classes];
        if (fromTheStart)
        {
            run.Read([MelodyEncoding.NoEvent], expected, [0]);
        }

        for (int i = 0; i < Primer.Length; i++)
        {
            run.Read([Primer[i] < 0 ? Primer[i] + 2 : Primer[i] - net.Encoding.Lowest.MidiNumber + 2], expected, [i + 1]);
        }

        Softmax.Probabilities(expected, expected);
        return expected;
    }
}
