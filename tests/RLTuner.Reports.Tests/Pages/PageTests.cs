using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RLTuner.Reports.Pages;
using RLTuner.Runs;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>The page of a run needs nothing from outside and lets nothing from files become markup.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void A_page_holds_what_was_asked_and_what_came_of_it()
    {
        using MadeRun run = new();
        string html = Written(run);
        Assert.All(
            (string[])["Q-learning", "C major, 4/4", "20,000", "20.0 %", "18.0 to 22.0 %", "Melody 10, after tuning", "id=\"rewards\"", "id=\"rules-violations\"",
                "--reward-scaler 0.5", "{&quot;key&quot;: 1, &quot;repeated_motif&quot;: 2}", "maxExperience", "data-notes=\"60,0,1 62,1,1 64,2,1 66,3,1 61,4,3 60,7,1\""],
            word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.Contains("<td class=\"number apart\">90.0 %", html, StringComparison.Ordinal);
        Assert.Contains(
            "<tr><th scope=\"row\">key</th><td class=\"number\">−2.50<small></small></td><td class=\"number\">−0.25<small></small></td>"
            + "<td class=\"number\">12.5 %<small>12.0 to 13.0 %</small></td><td class=\"number apart\">1.3 %<small>1.0 to 1.5 %</small></td>",
            html,
            StringComparison.Ordinal);
        Assert.DoesNotContain("rule key reward", html, StringComparison.Ordinal);
        Assert.Equal(20, PlayButton().Count(html));
        NeedsNothingFromOutside(html);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        using MadeRun run = new();
        string first = Written(run);
        string[] figures = Figures(run);
        Assert.Equal(first, Written(run));
        Assert.Equal(figures, Figures(run));
        Assert.Equal(14, figures.Length);

        static string[] Figures(MadeRun run) => [.. Directory.GetFiles(run.PathTo("figures")).Order(StringComparer.Ordinal).Select(path => path + File.ReadAllText(path))];
    }

    [Fact]
    public void Figures_are_files_that_stand_alone()
    {
        using MadeRun run = new();
        RunReport.Write(run.Folder);
        Assert.All(Directory.GetFiles(run.PathTo("figures")), path =>
        {
            XElement svg = XElement.Parse(File.ReadAllText(path));
            Assert.Equal("svg", svg.Name.LocalName);
            Assert.Contains("prefers-color-scheme:dark", svg.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Names_from_files_never_become_markup()
    {
        const string Script = "<script>alert(1)</script>";
        using MadeRun run = new("<script>alert(1)<script>");
        File.WriteAllText(run.PathTo("options.json"), MadeRun.Options(source: Script + "' onload='x"));
        File.WriteAllText(
            run.PathTo("metrics.json"),
            MadeRun.Metrics.Replace("starting_on_tonic", Script, StringComparison.Ordinal).Replace("\"key\"", $"\"{Script}\"", StringComparison.Ordinal));
        File.AppendAllText(
            run.PathTo("progress.jsonl"),
            $"{{\"step\":30000,\"steps\":1,\"train\":{{\"total\":1,\"theory\":1,\"noteRnn\":0,\"rules\":{{\"{Script}\":{{\"reward\":1}}}}}},"
            + $"\"learner\":{{\"{Script}\":1,\"../../x\":1}}}}\n{Script}\n");
        string html = Written(run);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Single(ScriptTag().Matches(html));
        NeedsNothingFromOutside(html);
        Assert.Contains(run.PathTo("figures/learner-x.svg"), Directory.GetFiles(run.PathTo("figures")));

        string page = run.PathTo("comparison.html");
        RunReport.Compare([run.Folder, run.Folder], page);
        Assert.DoesNotContain("<script>alert", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_admits_the_page_s_own_script_alone()
    {
        using MadeRun run = new();
        string html = Written(run);
        string script = html[(html.LastIndexOf("<script>", StringComparison.Ordinal) + "<script>".Length)..html.LastIndexOf("</script>", StringComparison.Ordinal)];
        Assert.Contains($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    /// <summary>No address, no reference to another file.</summary>
    internal static void NeedsNothingFromOutside(string html)
    {
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), html);
    }

    private static string Written(MadeRun run)
    {
        RunReport.Write(run.Folder);
        return File.ReadAllText(run.PathTo("report.html"));
    }

    [GeneratedRegex("<button type=\"button\" aria-pressed=\"false\" aria-label=\"Play Melody")]
    private static partial Regex PlayButton();

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptTag();

    [GeneratedRegex("\\s(src|href|srcset|action|poster)\\s*=|@import|url\\(", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
