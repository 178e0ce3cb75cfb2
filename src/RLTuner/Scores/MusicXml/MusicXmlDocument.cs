using System.Xml;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// The outline of a file: a list of parts, then measures within parts (partwise) or parts within measures (timewise). Only one
/// element of a measure is held at a time.
/// </summary>
internal sealed class MusicXmlDocument
{
    // Measures times parts; a symphony has some fifty thousand.
    private const int MaxMeasures = 500_000;

    private const int MaxParts = 1_000;

    private readonly MusicXmlCursor _cursor;
    private readonly WrittenScore _score;
    private readonly Dictionary<string, PartReader> _parts = [];
    private int _measures;
    private PartReader? _open;

    private MusicXmlDocument(MusicXmlCursor cursor, int ticksPerQuarter)
    {
        _cursor = cursor;
        _score = new WrittenScore(ticksPerQuarter);
    }

    /// <summary>Reads a score. What is nearly XML is read as if it were; where it is not, what stands before is kept.</summary>
    /// <param name="text">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="remarks">Takes what is passed over.</param>
    /// <exception cref="MusicXmlFormatException">It is no MusicXML, or damaged before its first note.</exception>
    public static WrittenScore Read(byte[] text, string name, RemarkList remarks)
    {
        try
        {
            return Read(text, name, keepsBeginning: false, out _);
        }
        catch (MusicXmlFormatException error) when (error.InnerException is XmlException)
        {
            WrittenScore score = Read(MusicXmlRepair.Of(text), name, keepsBeginning: true, out MusicXmlFormatException? left);
            if (!score.Parts.Exists(part => part.Bars.Exists(bar => bar.Length > 0)))
            {
                throw left ?? error;
            }

            MusicXmlFormatException told = left ?? error;
            remarks.Add(new Remark(
                told.Place, told.Problem, left is null ? "signs that are no XML are taken for words" : "what follows is passed over"));
            return score;
        }
    }

    private static WrittenScore Read(byte[] text, string name, bool keepsBeginning, out MusicXmlFormatException? left)
    {
        int ticksPerQuarter = TickGrid.TicksPerQuarter(text, name);
        using MusicXmlCursor cursor = new(text, name);
        MusicXmlDocument document = new(cursor, ticksPerQuarter);
        left = null;
        try
        {
            return document.Read();
        }
        catch (MusicXmlFormatException error) when (keepsBeginning && error.InnerException is XmlException)
        {
            left = error;
            document._open?.EndMeasure();
            return document._score;
        }
    }

    private WrittenScore Read()
    {
        while (_cursor.ElementName.Length == 0 && _cursor.Read())
        {
        }

        switch (_cursor.ElementName)
        {
            case "score-partwise":
                ReadPartwise();
                break;
            case "score-timewise":
                ReadTimewise();
                break;
            default:
                throw _cursor.Error($"expected <score-partwise> or <score-timewise>, found <{_cursor.ElementName}> (check that it is MusicXML)");
        }

        return _score;
    }

    private void ReadPartwise()
    {
        foreach (string element in _cursor.Children())
        {
            if (element == "part")
            {
                PartReader part = Part();
                foreach (string child in _cursor.Children())
                {
                    if (child == "measure")
                    {
                        ReadMeasure(part);
                    }
                }

                _cursor.Part = null;
            }
            else if (element == "part-list")
            {
                ReadPartList();
            }
        }
    }

    private void ReadTimewise()
    {
        foreach (string element in _cursor.Children())
        {
            if (element == "measure")
            {
                string? number = _cursor.Attribute("number");
                bool isImplicit = IsImplicit();
                foreach (string child in _cursor.Children())
                {
                    if (child == "part")
                    {
                        ReadMeasure(Part(), number, isImplicit);
                    }
                }
            }
            else if (element == "part-list")
            {
                ReadPartList();
            }
        }
    }

    private void ReadPartList()
    {
        foreach (string element in _cursor.Children())
        {
            if (element == "score-part")
            {
                Part().Describe(_cursor.Element());
                _cursor.Part = null;
            }
        }
    }

    /// <summary>The part that the cursor is at; one that the list of parts forgot comes after those it names.</summary>
    private PartReader Part()
    {
        string id = _cursor.Attribute("id") ?? "";
        _cursor.Part = id;
        if (!_parts.TryGetValue(id, out PartReader? part))
        {
            if (_parts.Count == MaxParts)
            {
                throw _cursor.Error($"expected at most {MaxParts} parts, found more");
            }

            WrittenPart written = new(id, _score.Parts.Count);
            _score.Parts.Add(written);
            _parts.Add(id, part = new PartReader(_score, written));
        }

        return part;
    }

    private bool IsImplicit() => _cursor.Attribute("implicit") == "yes";

    private void ReadMeasure(PartReader part) => ReadMeasure(part, _cursor.Attribute("number"), IsImplicit());

    private void ReadMeasure(PartReader part, string? number, bool isImplicit)
    {
        _cursor.Measure = number;
        if (++_measures > MaxMeasures)
        {
            throw _cursor.Error($"expected at most {MaxMeasures} measures in all parts together, found more");
        }

        part.StartMeasure(isImplicit);
        _open = part;
        foreach (string element in _cursor.Children())
        {
            if (PartReader.Knows(element))
            {
                part.Take(_cursor.Element());
            }
        }

        part.EndMeasure();
        _open = null;
        _cursor.Measure = null;
    }
}
