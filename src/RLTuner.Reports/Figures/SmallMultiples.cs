using System.Collections.Immutable;

namespace RLTuner.Reports.Figures;

/// <summary>Small charts of one kind beside each other. A page may set them as its width allows; a file has three in a row.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Title">What stands above all.</param>
/// <param name="Description">What they show.</param>
/// <param name="Panels">The charts, all of one size.</param>
public sealed record SmallMultiples(string Name, string Title, string Description, ImmutableArray<Drawing> Panels)
{
    private const int Columns = 3;
    private const double Gap = 18, Head = 30;

    /// <summary>All in one drawing.</summary>
    public Drawing Together()
    {
        Svg svg = new();
        double width = Panels.Max(panel => panel.Width), height = Panels.Max(panel => panel.Height);
        int rows = (Panels.Length + Columns - 1) / Columns;
        svg.Text("title", 0, 15, Title);
        for (int i = 0; i < Panels.Length; i++)
        {
            svg.Nested(Panels[i], i % Columns * (width + Gap), Head + (i / Columns * (height + Gap)));
        }

        return new Drawing(Name, Title, Description, (Columns * (width + Gap)) - Gap, Head + (rows * (height + Gap)) - Gap, svg.ToString());
    }
}
