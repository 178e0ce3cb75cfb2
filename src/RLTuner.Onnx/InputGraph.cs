using System.Globalization;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.Onnx;

/// <summary>What a net hears as a part of a graph: from numbers that any program has at hand to the row of the lowest layer's inputs.</summary>
internal static class InputGraph
{
    public const string Event = "event", Step = "step", StepsPerBar = "steps_per_bar", Length = "length";

    private const int ToFloat32 = GraphBuilder.Float32;

    /// <summary>Adds the inputs of a net.</summary>
    /// <returns>The name of the row, [batch, width].</returns>
    /// <exception cref="NoteRnnFormatException">The net hears something that this program does not know.</exception>
    public static string Add(GraphBuilder graph, NoteRnnInputs inputs)
    {
        string[] parts = [.. inputs.Parts.SelectMany(part => Rows(graph, part))];
        return parts.Length == 1 ? parts[0] : graph.Node("Concat", "heard", parts, ("axis", 1));
    }

    private static string[] Rows(GraphBuilder graph, IInputEncoding part) => part switch
    {
        EventInput => [OneHot(graph, "heard_event", graph.NumberInput(Event, "the class of the event heard last; -1 before the first"), part.Width)],
        BarsAgoInput => [BarsAgo(graph, part)],
        StepInput => [OneHot(graph, "heard_step", StepOf(graph), part.Width)],
        BarInput => Bar(graph, part.Width / 2),
        EndInput => [End(graph)],
        _ => throw new NoteRnnFormatException($"onnx: expected inputs that ONNX graphs of RLTuner know, found '{part.Name}' (choose safetensors)"),
    };

    private static string StepOf(GraphBuilder graph) => graph.NumberInput(Step, "which step of the melody comes next, from 0 at a bar line; -1 while a primer is heard");

    private static string BarsAgo(GraphBuilder graph, IInputEncoding part)
    {
        string bars = part.Name.Split(':')[1], name = $"bars_ago_{bars}";
        return OneHot(
            graph, $"heard_{name}", graph.NumberInput(name, $"the class of the event {bars} bar(s) before the step that comes next; -1 where the melody is not that old"), part.Width);
    }

    /// <summary>Steps since the bar line, and to the next.</summary>
    private static string[] Bar(GraphBuilder graph, int longest)
    {
        string bar = graph.NumberInput(StepsPerBar, "the length of a bar in steps; 16 in 4/4"), most = graph.Constant("longest_bar", longest);
        string since = graph.Node("Mod", "steps_since_bar_line", [StepOf(graph), bar]);
        string left = graph.Node("Sub", "steps_to_bar_line", [bar, since]), one = graph.Constant("one", 1);
        string sinceRow = graph.Node("Min", "row_since_bar_line", [since, graph.Node("Sub", "last_bar_row", [most, one])]);
        string leftRow = graph.Node("Sub", "row_to_bar_line", [graph.Node("Min", "steps_to_bar_line_at_most", [left, most]), one]);
        return [OneHot(graph, "heard_since_bar_line", sinceRow, longest), OneHot(graph, "heard_to_bar_line", leftRow, longest)];
    }

    /// <summary>Steps left: between two marks both are heard, the nearer one more; a row rises from the mark before to its own and falls to the next.</summary>
    private static string End(GraphBuilder graph)
    {
        int[] marks = [0, .. EndInput.Marks, 2 * EndInput.Marks[^1]];
        float[] before = [.. marks[..^2].Select(mark => (float)mark)], after = [.. marks[2..].Select(mark => (float)mark)];
        float[] rise = [.. marks[1..^1].Zip(marks, (mark, last) => (float)(mark - last))], fall = [.. marks[2..].Zip(marks[1..], (next, mark) => (float)(next - mark))];
        string step = StepOf(graph), zero = graph.Constant("zero", 0);
        string left = graph.Node("Sub", "steps_left", [graph.NumberInput(Length, "the length of the melody in steps; 0 where it is not known"), step]);
        string capped = graph.Node("Min", "steps_left_at_most", [left, graph.Constant("last_mark", EndInput.Marks[^1])]);
        string known = graph.Node("Where", "steps_left_known", [graph.Node("Less", "is_primer", [step, zero]), zero, capped]);
        string column = graph.Node("Cast", "steps_left_column", [Column(graph, "steps_left_known_column", known)], ("to", ToFloat32));
        string Row(string name, float[] values) => graph.Constant(name, values, values.Length);
        string rising = graph.Node("Div", "end_rising", [graph.Node("Sub", "end_since", [column, Row("end_before", before)]), Row("end_rise", rise)]);
        string falling = graph.Node("Div", "end_falling", [graph.Node("Sub", "end_until", [Row("end_after", after), column]), Row("end_fall", fall)]);
        return graph.Node("Relu", "heard_end", [graph.Node("Min", "end_rows", [rising, falling])]);
    }

    /// <summary>A number as a row with a 1 in its place; nothing where it has no place in the row, so that -1 is nothing.</summary>
    private static string OneHot(GraphBuilder graph, string name, string number, int width)
    {
        string places = graph.Constant($"places_{width.ToString(CultureInfo.InvariantCulture)}", [.. Enumerable.Range(0, width).Select(place => (long)place)]);
        string equal = graph.Node("Equal", $"{name}_is", [Column(graph, $"{name}_column", number), places]);
        return graph.Node("Cast", name, [equal], ("to", ToFloat32));
    }

    private static string Column(GraphBuilder graph, string name, string numbers) => graph.Node("Unsqueeze", name, [numbers, graph.Constant("axis_1", 1)]);
}
