using System.Text;

namespace RLTuner.Reports.Figures;

/// <summary>A finished figure.</summary>
/// <param name="Name">What its file is called, without ending.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Description">One or two sentences for a caption and for readers who cannot see it.</param>
/// <param name="Width">Its natural width in pixels.</param>
/// <param name="Height">Its natural height in pixels.</param>
/// <param name="Content">The SVG elements.</param>
public sealed record Drawing(string Name, string Title, string Description, double Width, double Height, string Content)
{
    private const int Margin = 14;

    /// <summary>For a page that has <see cref="Stylesheet"/> once.</summary>
    public string Inline() => $"{Start("", margin: 0)}\n{Content}</svg>\n";

    /// <summary>A file of its own, with its looks, a background and a margin.</summary>
    public string Standalone()
    {
        StringBuilder text = new();
        text.Append(Start(" xmlns=\"http://www.w3.org/2000/svg\"", Margin));
        text.Append($"\n<title>{Svg.Escape(Title)}</title>\n<desc>{Svg.Escape(Description)}</desc>\n<style>\n{Stylesheet}</style>\n");
        text.Append($"<rect class=\"paper\" x=\"-{Margin}\" y=\"-{Margin}\" width=\"100%\" height=\"100%\"/>\n");
        return text.Append(Content).Append("</svg>\n").ToString();
    }

    /// <summary>The looks of all figures: light, and dark on screens that ask for it; prints are light.</summary>
    public static string Stylesheet { get; } = Resource.Text("figure.css");

    private string Start(string names, int margin)
    {
        string width = Svg.Number(Width + (2 * margin)), height = Svg.Number(Height + (2 * margin));
        return $"<svg{names} class=\"figure\" role=\"img\" aria-label=\"{Svg.Escape($"{Title}. {Description}")}\" viewBox=\"{-margin} {-margin} {width} {height}\""
            + $" width=\"{width}\" height=\"{height}\">";
    }
}
