using System.Collections.Immutable;
using System.Xml.Linq;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Reports.Figures;

namespace RLTuner.Reports.Tests.Figures;

/// <summary>What figures consist of, at places worked out by hand, and that nothing breaks their XML.</summary>
public sealed class DrawingTests
{
    private const string Hostile = "<script>alert(\"1\")</script> & ' ]]> \u0000\u0007\ud800 x";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_line_goes_where_the_axes_say()
    {
        Series line = new("a", [new(0, 0, -1, 1), new(50, 5, 4, 6), new(100, 10, 9, 11)]);
        Series other = new("b", [new(0, 2), new(100, 4)]);
        XElement svg = Parse(Chart(line, other).Draw());

        // Left 54, right margin 20 of 460: x from 54 to 440. Two names make a legend: head 41, label 20; 200 high. y from -2 to 12 (bands from -1 to 11).
        string[] lines = [.. svg.Descendants(Svg + "polyline").Select(each => (string)each.Attribute("points")!)];
        Assert.Equal(["54,232.4 247,161 440,89.6", "54,203.9 440,175.3"], lines);
        Assert.Equal(
            "54,218.1 247,146.7 440,75.3 440,103.9 247,175.3 54,246.7", (string?)Assert.Single(svg.Descendants(Svg + "polygon")).Attribute("points"));
        Assert.Equal(["line c1 d1", "line c2 d2"], svg.Descendants(Svg + "polyline").Select(each => (string?)each.Attribute("class")));
        Assert.Equal(["a", "b"], svg.Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") == "name").Select(text => text.Value));
    }

    [Fact]
    public void A_value_that_is_missing_breaks_the_line_and_a_lonely_one_is_a_dot()
    {
        XElement svg = Parse(Chart(new Series("a", [new(0, 1), new(1, 2), new(2, double.NaN), new(3, 4), new(4, double.PositiveInfinity), new(5, 1), new(6, 2)])).Draw());
        Assert.Equal(2, svg.Descendants(Svg + "polyline").Count());
        Assert.Equal(5, svg.Descendants(Svg + "circle").Count());
    }

    [Fact]
    public void Long_lines_are_thinned_but_keep_their_end()
    {
        XElement svg = Parse(Chart(new Series("a", [.. Enumerable.Range(0, 100_001).Select(i => new PlotPoint(i, i % 7))])).Draw());
        string[] points = ((string)svg.Descendants(Svg + "polyline").Single().Attribute("points")!).Split(' ');
        Assert.InRange(points.Length, 400, 802);
        Assert.StartsWith("440,", points[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_and_empty_data_give_well_formed_files()
    {
        Series hostile = new(Hostile, [new(double.NaN, 1), new(1, double.NaN, double.NaN, 3)]);
        Drawing[] drawings =
        [
            new LineChart("x", Hostile, Hostile, Hostile, Hostile, [hostile, hostile]).Draw(),
            new LineChart("x", Hostile, Hostile, Hostile, Hostile, [hostile]).DrawSmall(),
            new LineChart("x", "", "", "", "", []).Draw(),
            new BarChart("x", Hostile, Hostile, Hostile, [Hostile, Hostile], [new BarRow(Hostile, [new(0, double.NaN), new(0, 1, 0, 2)])]).Draw(),
            new BarChart("x", "", "", "", [], []).Draw(),
            new ScatterChart("x", Hostile, Hostile, Hostile, Hostile, [new ScatterGroup(Hostile, [new(double.NaN, 1), new(1, 1, new ConfidenceInterval(0, 2))]), new ScatterGroup("", [])]).Draw(),
            new SmallMultiples("x", Hostile, Hostile, [new LineChart("x", Hostile, "", "", "", [hostile]).DrawSmall()]).Together(),
            PianoRoll.Draw("x", Hostile, new Melody([]), PitchRows.For(), Key.CMajor, TimeSignature.CommonTime),
        ];
        Assert.All(drawings, drawing =>
        {
            XElement svg = Parse(drawing);
            Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
            Assert.DoesNotContain("NaN", drawing.Content, StringComparison.Ordinal);
            XElement.Parse(drawing.Inline());
        });
    }

    [Fact]
    public void A_piano_roll_has_a_bar_a_note_in_its_row()
    {
        // C4 for two steps, a step of rest, C#4 for one: of 4 steps each is (460 - 30 - 2) / 4 = 107 wide.
        Melody melody = Melody.FromClasses([14, 0, 1, 15], MelodyEncoding.Default);
        PitchRows rows = PitchRows.For(melody);
        Assert.Equal((new Pitch(59), new Pitch(67)), (rows.Lowest, rows.Highest));
        XElement svg = Parse(PianoRoll.Draw("x", "title", melody, rows, Key.CMajor, TimeSignature.CommonTime));
        (string? Looks, string? X, string? Y, string? Width)[] notes =
        [
            .. svg.Descendants(Svg + "rect").Where(rect => ((string?)rect.Attribute("class"))!.StartsWith("note", StringComparison.Ordinal))
                .Select(rect => ((string?)rect.Attribute("class"), (string?)rect.Attribute("x"), (string?)rect.Attribute("y"), (string?)rect.Attribute("width"))),
        ];

        // Rows 8 high from 20: C4 is the eighth from G4 (row 7), C#4, outside the key, above it.
        Assert.Equal([("note c1", "30.5", "76.8", "213"), ("note c2", "351.5", "68.8", "106")], notes);
    }

    [Theory]
    [InlineData(0.04, "0")]
    [InlineData(-0.04, "0")]
    [InlineData(0.05, "0.1")]
    [InlineData(12.25, "12.3")]
    [InlineData(-7, "-7")]
    [InlineData(double.NaN, "0")]
    public void Numbers_are_rounded_to_a_tenth(double value, string text) => Assert.Equal(text, Reports.Figures.Svg.Number(value));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("a longer text", 8, "a longe…")]
    [InlineData("abc😀def", 5, "abc…")]
    public void Texts_are_cut_between_characters(string text, int most, string expected) => Assert.Equal(expected, Lettering.Fitted(text, most));

    private static LineChart Chart(params ImmutableArray<Series> series) => new("x", "title", "description", "x", "y", series);

    private static XElement Parse(Drawing drawing) => XElement.Parse(drawing.Standalone());
}
