namespace RLTuner.Reports.Figures;

/// <summary>
/// Colours, dashes and markers by number. Colours are told apart by colour-blind readers (after Okabe and Ito), and dashes and shapes say
/// the same again, for prints without colour.
/// </summary>
internal static class Looks
{
    private const int Kinds = 6;
    private const double Radius = 5;

    public static string Colour(int number) => $"c{1 + (number % Kinds)}";

    /// <summary>Beyond six lines the dashes shift against the colours, so that no two look the same up to thirty-six.</summary>
    public static string Dash(int number) => $"d{1 + ((number + (number / Kinds)) % Kinds)}";

    /// <summary>A mark of its own shape: disc, square, triangle, diamond, ring, open square.</summary>
    public static void Marker(Svg svg, int number, double x, double y)
    {
        string dot = $"dot {Colour(number)}", hollow = $"hollow {Colour(number)}";
        Box square = new(x - (Radius * 0.85), y - (Radius * 0.85), Radius * 1.7, Radius * 1.7);
        switch ((number + (number / Kinds)) % Kinds)
        {
            case 0:
                svg.Circle(dot, x, y, Radius);
                break;
            case 1:
                svg.Rectangle(dot, square);
                break;
            case 2:
                svg.Polygon(dot, [(x, y - Radius - 0.5), (x + Radius, y + Radius - 1), (x - Radius, y + Radius - 1)]);
                break;
            case 3:
                svg.Polygon(dot, [(x, y - Radius - 1), (x + Radius + 1, y), (x, y + Radius + 1), (x - Radius - 1, y)]);
                break;
            case 4:
                svg.Circle(hollow, x, y, Radius);
                break;
            default:
                svg.Rectangle(hollow, square);
                break;
        }
    }
}
