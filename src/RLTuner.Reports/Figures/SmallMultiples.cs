using System.Collections.Immutable;

namespace RLTuner.Reports.Figures;

/// <summary>Small charts of one kind beside each other. A page may set them as its width allows; a file has three in a row.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Title">What stands above all.</param>
/// <param name="Description">What they show.</param>
/// <param name="Panels">The charts; a row is as high as its highest.</param>
public sealed record SmallMultiples(string Name, string Title, string Description, ImmutableArray<Drawing> Panels)
{
    private const int Columns = 3;
    private const double Gap = 18, Head = 30;

    /// <summary>All in one drawing.</summary>
    public Drawing Together()
    {
        Svg svg = new();
        double width = Panels.Max(panel => panel.Width), top = Head;
        svg.Text("title", 0, 15, Title);
        foreach (Drawing[] row in Panels.Chunk(Columns))
        {
            foreach ((int column, Drawing panel) in row.Index())
            {
                svg.Nested(panel, column * (width + Gap), top);
            }

            top += row.Max(panel => panel.Height) + Gap;
        }

        return new Drawing(Name, Title, Description, (Columns * (width + Gap)) - Gap, top - Gap, svg.ToString());
    }
}
