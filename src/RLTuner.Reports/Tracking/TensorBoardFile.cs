using Google.Protobuf;
using RLTuner.Reports.Protos;
using RLTuner.TensorFlow.Records;

namespace RLTuner.Reports.Tracking;

/// <summary>
/// An event file of TensorBoard: TFRecords, the first of which names the version, the others each the values of one step. It grows as the
/// run goes on, so that TensorBoard can watch.
/// </summary>
internal sealed class TensorBoardFile(string path)
{
    private const string Version = "brain.Event:2";

    private const int Float = 1;

    /// <summary>Appends the values of a step.</summary>
    public void Append(long step, DateTimeOffset time, IEnumerable<Summary.Types.Value> values)
    {
        Event @event = new() { WallTime = Seconds(time), Step = step, Summary = new Summary { Value = { values } } };
        Event[] events = File.Exists(path) && new FileInfo(path).Length > 0 ? [@event] : [new Event { WallTime = Seconds(time), FileVersion = Version }, @event];
        TFRecordFile.Append(path, events.Select(one => (ReadOnlyMemory<byte>)one.ToByteArray()));
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => File.Delete(path);

    /// <summary>Forgets later steps, and what was cut short when a run was killed: it goes on from this step.</summary>
    /// <returns>The last step that is left; 0 where there is none.</returns>
    public long GoBackTo(long step)
    {
        long last = 0;
        if (File.Exists(path))
        {
            TFRecordFile.Write(path, [.. Records().TakeWhile(record => IsUpTo(step, record))]);
        }

        return last;

        bool IsUpTo(long step, ReadOnlyMemory<byte> record)
        {
            long found = Event.Parser.ParseFrom(record.Span).Step;
            last = found <= step ? found : last;
            return found <= step;
        }
    }

    /// <summary>A named number.</summary>
    public static Summary.Types.Value Scalar(string tag, double value) => new() { Tag = tag, SimpleValue = (float)value };

    /// <summary>A named distribution, in buckets that grow by a tenth, as TensorFlow's own.</summary>
    public static Summary.Types.Value Distribution(string tag, ReadOnlySpan<float> values) => new() { Tag = tag, Histo = HistogramOf.Values(values) };

    /// <summary>What a plugin reads, under a tag of its own.</summary>
    public static Summary.Types.Value OfPlugin(string tag, string plugin, ByteString content) => new()
    {
        Tag = tag,
        Tensor = new Tensor { Dtype = Float, TensorShape = new() { Dim = { new Tensor.Types.Shape.Types.Dim { Size = 0 } } } },
        Metadata = new SummaryMetadata { PluginData = new() { PluginName = plugin, Content = content } },
    };

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private IEnumerable<ReadOnlyMemory<byte>> Records()
    {
        using IEnumerator<TFRecord> records = TFRecordFile.Read(path).GetEnumerator();
        while (true)
        {
            try
            {
                if (!records.MoveNext())
                {
                    yield break;
                }
            }
            catch (TFRecordFormatException)
            {
                yield break; // the last record was being written
            }

            yield return records.Current.Data;
        }
    }
}
