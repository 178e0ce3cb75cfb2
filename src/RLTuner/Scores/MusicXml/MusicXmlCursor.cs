using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// A place in the text that moves forward. Types, entities and anything outside the file are left alone; nesting and the size of what
/// is held at once are limited. Names count without namespaces, for some writers add one.
/// </summary>
internal sealed partial class MusicXmlCursor(byte[] text, string name) : IDisposable
{
    // MusicXML nests some ten deep. An element of a measure holds a few dozen others.
    private const int MaxDepth = 64;
    private const int MaxNodesAtOnce = 10_000;

    // Each new attribute of an element is held against those before it.
    private const int MaxAttributes = 256;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly XmlReader _reader = Open(text, name);

    /// <summary>The part being read, for messages.</summary>
    public string? Part { get; set; }

    /// <summary>The measure being read, for messages.</summary>
    public string? Measure { get; set; }

    public int Depth => _reader.Depth;

    public string ElementName => _reader.NodeType == XmlNodeType.Element ? _reader.LocalName : "";

    /// <summary>Moves to the next piece of the text; false at its end.</summary>
    public bool Read()
    {
        try
        {
            if (!_reader.Read())
            {
                return false;
            }
        }
        catch (XmlException e)
        {
            throw NoXml(e);
        }

        return _reader.Depth <= MaxDepth
            ? true
            : throw Error($"expected at most {MaxDepth} elements inside one another, found more");
    }

    public bool AtElement(string element) => _reader.NodeType == XmlNodeType.Element && _reader.LocalName == element;

    public string? Attribute(string attribute) => _reader.GetAttribute(attribute);

    /// <summary>Goes to each element within the one that the cursor is at; the caller may read it or leave it.</summary>
    public IEnumerable<string> Children()
    {
        if (_reader.IsEmptyElement)
        {
            yield break;
        }

        int depth = Depth;
        while (Read() && Depth > depth)
        {
            if (Depth == depth + 1 && _reader.NodeType == XmlNodeType.Element)
            {
                yield return _reader.LocalName;
            }
        }
    }

    /// <summary>The element that the cursor is at with all it holds; moves to its end.</summary>
    public XElement Element()
    {
        XElement root = Shallow();
        if (_reader.IsEmptyElement)
        {
            return root;
        }

        int depth = Depth;
        int count = 0;
        XElement parent = root;
        while (Read() && Depth > depth)
        {
            if (_reader.NodeType != XmlNodeType.EndElement && ++count > MaxNodesAtOnce)
            {
                throw Error($"expected at most {MaxNodesAtOnce} elements and texts in <{root.Name}>, found more");
            }

            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    XElement child = Shallow();
                    parent.Add(child);
                    parent = _reader.IsEmptyElement ? parent : child;
                    break;
                case XmlNodeType.EndElement:
                    parent = parent.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    // Added as a string it would be copied together with all texts before it.
                    parent.Add(new XText(Value()));
                    break;
            }
        }

        return root;
    }

    public MusicXmlFormatException Error(string problem) => new(name, Part, Measure, problem);

    public void Dispose() => _reader.Dispose();

    private XElement Shallow()
    {
        if (_reader.AttributeCount > MaxAttributes)
        {
            throw Error($"expected at most {MaxAttributes} attributes in <{_reader.LocalName}>, found {_reader.AttributeCount}");
        }

        XElement element = new(_reader.LocalName);
        while (_reader.MoveToNextAttribute())
        {
            if (_reader.Prefix.Length == 0 && _reader.LocalName != "xmlns")
            {
                element.Add(new XAttribute(_reader.LocalName, _reader.Value));
            }
        }

        _reader.MoveToElement();
        return element;
    }

    /// <summary>Long texts are read only when asked for, and may turn out to be damaged then.</summary>
    private string Value()
    {
        try
        {
            return _reader.Value;
        }
        catch (XmlException e)
        {
            throw NoXml(e);
        }
    }

    private static string NoXmlAt(XmlException e) => string.Create(
        CultureInfo.InvariantCulture, $"expected XML, found something else at line {e.LineNumber}, position {e.LinePosition} (save it anew by the program that wrote it)");

    private MusicXmlFormatException NoXml(XmlException e) =>
        new(name, Part, Measure, NoXmlAt(e), e);

    private static XmlReader Open(byte[] text, string name)
    {
        MemoryStream stream = new(text, writable: false);
        try
        {
            return OldEncoding(text) is { } encoding
                ? XmlReader.Create(new StreamReader(stream, encoding), Settings)
                : XmlReader.Create(stream, Settings);
        }
        catch (XmlException e)
        {
            throw new MusicXmlFormatException(name, null, null, NoXmlAt(e), e);
        }
    }

    /// <summary>
    /// The encoding that the text declares where it is one of old systems, such as windows-1252, which the parser does not know by itself.
    /// </summary>
    private static Encoding? OldEncoding(byte[] text)
    {
        Match match = Declaration().Match(Encoding.ASCII.GetString(text, 0, Math.Min(text.Length, 200)));
        return match.Success ? CodePagesEncodingProvider.Instance.GetEncoding(match.Groups[1].Value) : null;
    }

    [GeneratedRegex("""^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z][-\w.]*)["']""")]
    private static partial Regex Declaration();
}
