using System.Globalization;

namespace RLTuner.Scores;

/// <summary>What a reader passed over in a file, all cases of a kind together: the music was read in spite of it.</summary>
/// <param name="Place">Where it was met first, such as <c>byte 45</c>.</param>
/// <param name="Problem">What was expected there and what was found.</param>
/// <param name="Action">What was done, which names the kind.</param>
/// <param name="Count">How often it was met.</param>
public sealed record Remark(string Place, string Problem, string Action, int Count = 1)
{
    /// <summary>The remark as a line without the file's name.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Place}: {Problem}; {Action}{(Count > 1 ? $" ({Count:N0} times in all)" : "")}");
}

/// <summary>Gathers remarks, one of a kind, however often it is met.</summary>
internal sealed class RemarkList
{
    private readonly List<Remark> _remarks = [];

    public IReadOnlyList<Remark> All => _remarks;

    /// <summary>Whether this is the first of its kind, so that it has to be described by <see cref="Add"/>; counts it if not.</summary>
    public bool IsNew(string action)
    {
        // A reader knows some twenty kinds.
        int index = _remarks.FindIndex(remark => remark.Action == action);
        if (index >= 0)
        {
            _remarks[index] = _remarks[index] with { Count = _remarks[index].Count + 1 };
        }

        return index < 0;
    }

    public void AddRange(IEnumerable<Remark> remarks)
    {
        foreach (Remark remark in remarks)
        {
            Add(remark);
        }
    }

    public void Add(Remark remark)
    {
        int index = _remarks.FindIndex(known => known.Action == remark.Action);
        if (index < 0)
        {
            _remarks.Add(remark);
        }
        else
        {
            _remarks[index] = _remarks[index] with { Count = _remarks[index].Count + remark.Count };
        }
    }
}
