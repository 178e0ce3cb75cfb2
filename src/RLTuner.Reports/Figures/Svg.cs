using System.Globalization;
using System.Text;
using System.Xml;

namespace RLTuner.Reports.Figures;

/// <summary>
/// Writes the few elements that figures are made of. Looks are classes, which <c>figure.css</c> defines. Texts are escaped, numbers have a
/// point and at most one digit behind it, so that the same data give the same bytes everywhere.
/// </summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>Opens a group; <see cref="Close"/> ends it.</summary>
    public void Open(string looks, double right = 0, double down = 0)
    {
        string moved = right == 0 && down == 0 ? "" : $" transform=\"translate({Number(right)} {Number(down)})\"";
        _text.Append(CultureInfo.InvariantCulture, $"<g class=\"{looks}\"{moved}>\n");
    }

    public void Close() => _text.Append("</g>\n");

    public void Line(string looks, double x1, double y1, double x2, double y2) => _text.Append(
        CultureInfo.InvariantCulture, $"<line class=\"{looks}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"/>\n");

    public void Polyline(string looks, IEnumerable<(double X, double Y)> points) =>
        _text.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{looks}\" points=\"{Joined(points)}\"/>\n");

    public void Polygon(string looks, IEnumerable<(double X, double Y)> points) =>
        _text.Append(CultureInfo.InvariantCulture, $"<polygon class=\"{looks}\" points=\"{Joined(points)}\"/>\n");

    public void Circle(string looks, double x, double y, double radius) =>
        _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"{looks}\" cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\"/>\n");

    /// <summary>A rectangle.</summary>
    /// <param name="looks">Its classes.</param>
    /// <param name="box">Where.</param>
    /// <param name="opacity">0 to 1, kept to two digits.</param>
    /// <param name="tip">What a pointer that rests on it shows.</param>
    public void Rectangle(string looks, Box box, double opacity = 1, string? tip = null)
    {
        string fill = opacity == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{opacity:0.##}\"");
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"{looks}\" x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\"{fill}");
        _text.Append(tip is null ? "/>\n" : $"><title>{Escape(tip)}</title></rect>\n");
    }

    /// <summary>A text whose baseline starts at a point, or is centred on it (class <c>mid</c>), or ends there (class <c>end</c>).</summary>
    public void Text(string looks, double x, double y, string text) =>
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{looks}\" x=\"{Number(x)}\" y=\"{Number(y)}\">{Escape(text)}</text>\n");

    /// <summary>Another drawing as a part of this one.</summary>
    public void Nested(Drawing drawing, double right, double down)
    {
        Open("part", right, down);
        _text.Append(drawing.Content);
        Close();
    }

    public override string ToString() => _text.ToString();

    /// <summary>A number as attributes have it.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(value, 1, MidpointRounding.AwayFromZero);
        return rounded == 0 || !double.IsFinite(rounded) ? "0" : rounded.ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>Text from anywhere as text of XML or HTML, or of an attribute in double quotes.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder safe = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c))
            {
                safe.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                '\'' => safe.Append("&#39;"),
                _ => safe.Append(XmlConvert.IsXmlChar(c) ? c : '\uFFFD'),
            };
        }

        return safe.ToString();
    }

    private static string Joined(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"));
}

/// <summary>A rectangle of a drawing, in its units (pixels at its natural size).</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}
