using RLTuner.Corpus.Reading;
using RLTuner.Scores;

namespace RLTuner.Corpus.Building;

/// <summary>What became of the files that a corpus was built from.</summary>
public sealed class CorpusReport
{
    private readonly SortedDictionary<string, int> _filesByFormat = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _filesNotMusic = new(StringComparer.Ordinal);
    private readonly List<Rejection> _rejections = [];
    private readonly List<(string File, Remark Remark)> _remarks = [];

    /// <summary>Files read, by format.</summary>
    public IReadOnlyDictionary<string, int> FilesByFormat => _filesByFormat;

    /// <summary>Files that were not read because no format has their ending, by ending.</summary>
    public IReadOnlyDictionary<string, int> FilesNotMusic => _filesNotMusic;

    /// <summary>Pieces found in the files, read or not.</summary>
    public int Pieces { get; private set; }

    /// <summary>Melodies that were cut to the greatest length.</summary>
    public int Truncated { get; private set; }

    /// <summary>What was left out, by name.</summary>
    public IReadOnlyList<Rejection> Rejections => _rejections;

    /// <summary>What was passed over in files that were read, one entry a kind and file.</summary>
    public IReadOnlyList<(string File, Remark Remark)> Remarks => _remarks;

    /// <summary>How many of a reason were left out.</summary>
    public int Rejected(RejectionReason reason) => _rejections.Where(rejection => rejection.Reason == reason).Sum(rejection => rejection.Count);

    internal void Count(SourceFile file, IReadOnlyList<FoundMelodies> pieces)
    {
        if (file.Problem is { } problem)
        {
            Reject(new Rejection(file.Name, RejectionReason.Unreadable, problem));
        }
        else if (file.Format is null)
        {
            string ending = Path.GetExtension(file.Name).ToLowerInvariant();
            _filesNotMusic[ending] = _filesNotMusic.GetValueOrDefault(ending) + 1;
        }

        if (file.Format is { } format)
        {
            _filesByFormat[format.Name] = _filesByFormat.GetValueOrDefault(format.Name) + 1;
        }

        Pieces += pieces.Count;
        RemarkList remarks = new();
        foreach (FoundMelodies piece in pieces)
        {
            Truncated += piece.Truncated;
            _rejections.AddRange(piece.Rejections);
            remarks.AddRange(piece.Remarks);
        }

        _remarks.AddRange(remarks.All.Select(remark => (file.Name, remark)));
    }

    internal void Reject(Rejection rejection) => _rejections.Add(rejection);
}
