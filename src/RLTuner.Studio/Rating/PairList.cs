using System.Security.Cryptography;
using RLTuner.Music;
using RLTuner.Ratings;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Rating;

/// <summary>Two melodies that wait to be rated: in the order in which they are heard, and what they are.</summary>
internal sealed record Pair(RatedMelody First, RatedMelody Second, Key Key, TimeSignature TimeSignature);

/// <summary>The pairs that a page has been given and not rated yet. Only here stands what their melodies are.</summary>
internal sealed class PairList
{
    /// <summary>Of more the oldest are forgotten.</summary>
    private const int MostPairs = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pair> _waiting = [];
    private readonly Queue<string> _order = [];

    /// <summary>Keeps a pair in an order that nobody knows beforehand, under an id that tells nothing.</summary>
    public (string Id, Pair Pair) Add(RatedMelody a, RatedMelody b, Key key, TimeSignature timeSignature)
    {
        Pair pair = RandomNumberGenerator.GetInt32(2) == 0 ? new(a, b, key, timeSignature) : new(b, a, key, timeSignature);
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_lock)
        {
            _waiting[id] = pair;
            _order.Enqueue(id);
            if (_order.Count > MostPairs)
            {
                _waiting.Remove(_order.Dequeue());
            }
        }

        return (id, pair);
    }

    /// <summary>Rates a pair, once: it waits on where the rating cannot be kept.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="keep">Keeps the rating.</param>
    /// <exception cref="StudioException">There is none of that id, or it is rated.</exception>
    public Pair Rate(string id, Action<Pair> keep)
    {
        lock (_lock)
        {
            Pair pair = _waiting.GetValueOrDefault(id)
                ?? throw new StudioException(404, "expected a pair that waits to be rated, found none of that id (ask for another pair)");
            keep(pair);
            _waiting.Remove(id);
            return pair;
        }
    }
}
