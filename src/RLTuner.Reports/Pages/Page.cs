using System.Security.Cryptography;
using System.Text;
using RLTuner.Reports.Figures;

namespace RLTuner.Reports.Pages;

/// <summary>
/// A page of HTML in one file: looks and script are in it, and its policy forbids the browser to fetch anything or to run any other
/// script, should a text from a file ever get through unescaped.
/// </summary>
internal sealed class Page
{
    private static readonly string Script = Resource.Text("player.js"), Looks = Resource.Text("page.css");

    private readonly StringBuilder _body = new();

    /// <summary>HTML as it is; whatever comes from files goes through <see cref="Text"/> first.</summary>
    public Page Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    public Page Heading(string text) => Add($"<h2>{Text(text)}</h2>");

    /// <summary>Figures in two columns, each with its description.</summary>
    public Page Figures(IEnumerable<Drawing> drawings)
    {
        Add("<div class=\"grid\">");
        foreach (Drawing drawing in drawings)
        {
            Add($"<figure id=\"{Text(drawing.Name)}\">{drawing.Inline()}<figcaption>{Text(drawing.Description)}</figcaption></figure>");
        }

        return Add("</div>");
    }

    /// <summary>Small figures, as many in a row as there is room for.</summary>
    public Page Panels(SmallMultiples multiples, string heading = "h3")
    {
        Add($"<{heading}>{Text(multiples.Title)}</{heading}>").Add($"<p class=\"quiet\">{Text(multiples.Description)}</p>").Add($"<div class=\"panels\" id=\"{Text(multiples.Name)}\">");
        foreach (Drawing panel in multiples.Panels)
        {
            Add(panel.Inline());
        }

        return Add("</div>");
    }

    /// <summary>Text as HTML, also within an attribute's double quotes.</summary>
    public static string Text(string text) => Svg.Escape(text);

    public string ToHtml(string title)
    {
        string script = "\n" + Script;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <style>
            {Looks}{Drawing.Stylesheet}</style>
            </head>
            <body>
            <main>
            {_body}</main>
            <script>{script}</script>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }
}
