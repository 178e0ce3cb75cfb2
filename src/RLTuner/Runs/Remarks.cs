using System.Collections.Immutable;
using System.Globalization;

namespace RLTuner.Runs;

/// <summary>What is to be said of a run folder: the first sentences, and how many more there would be.</summary>
internal sealed class Remarks
{
    private const int Most = 20;

    private readonly List<string> _kept = [];
    private int _more;

    public void Add(string remark)
    {
        if (_kept.Count < Most)
        {
            _kept.Add(remark);
        }
        else
        {
            _more++;
        }
    }

    public ImmutableArray<string> ToImmutable() =>
        _more == 0 ? [.. _kept] : [.. _kept, string.Create(CultureInfo.InvariantCulture, $"There is as much to say of {_more:N0} places more.")];
}
