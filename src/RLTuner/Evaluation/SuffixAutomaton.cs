namespace RLTuner.Evaluation;

/// <summary>
/// The smallest automaton that reads every run of symbols of some rows and no other (Blumer et al. 1985): how much of a text is in the
/// rows is found in one pass over the text. Time and memory grow in proportion to the rows' length, whatever they hold.
/// </summary>
internal sealed class SuffixAutomaton
{
    private const int Root = 0, None = -1;

    private readonly Dictionary<(int State, long Symbol), int> _next = [];
    private readonly List<int> _longest = [], _link = [], _matched = [];

    /// <summary>The symbols that a state goes on with, as lists through <see cref="_edges"/>: copies of a state need them.</summary>
    private readonly List<int> _firstEdge = [];

    private readonly List<(long Symbol, int Next)> _edges = [];
    private int _last;

    public SuffixAutomaton() => NewState(0, None);

    /// <summary>Adds a row; runs do not reach from one row into another.</summary>
    public void Add(ReadOnlySpan<long> row)
    {
        _last = Root;
        foreach (long symbol in row)
        {
            Append(symbol);
        }
    }

    /// <summary>Reads a text and notes which runs of the rows are in it.</summary>
    public void Match(ReadOnlySpan<long> text)
    {
        int state = Root, length = 0;
        foreach (long symbol in text)
        {
            int next;
            while (!_next.TryGetValue((state, symbol), out next) && state != Root)
            {
                state = _link[state];
                length = _longest[state];
            }

            if (next != Root)
            {
                state = next;
                length++;
                _matched[state] = Math.Max(_matched[state], length);
            }
        }
    }

    /// <summary>The longest run of a row that is in a text that was read.</summary>
    /// <param name="row">One of the rows added.</param>
    public int LongestMatch(ReadOnlySpan<long> row)
    {
        int best = 0, state = Root;
        foreach (long symbol in row)
        {
            state = _next[(state, symbol)];
            best = Math.Max(best, _matched[state]);
        }

        return best;
    }

    /// <summary>To be called after all texts are read: a match of a run is a match of its ends.</summary>
    public void Close()
    {
        int[] states = [.. Enumerable.Range(0, _longest.Count)];
        Array.Sort([.. _longest], states);

        // What matches in a state matches in full in the states of its shorter ends …
        for (int i = states.Length - 1; i > 0; i--)
        {
            if (_matched[states[i]] > 0 && _link[states[i]] is var link and not Root)
            {
                _matched[link] = _longest[link];
            }
        }

        // … and where nothing of a state's own length matched, its shorter ends may have.
        foreach (int state in states)
        {
            if (_matched[state] == 0 && state != Root)
            {
                _matched[state] = _matched[_link[state]];
            }
        }
    }

    private void Append(long symbol)
    {
        if (_next.TryGetValue((_last, symbol), out int known))
        {
            _last = _longest[known] == _longest[_last] + 1 ? known : Copy(known, _last, symbol);
            return;
        }

        int added = NewState(_longest[_last] + 1, Root);
        int state = _last;
        for (; state != None && !_next.ContainsKey((state, symbol)); state = _link[state])
        {
            Connect(state, symbol, added);
        }

        if (state != None)
        {
            int next = _next[(state, symbol)];
            _link[added] = _longest[next] == _longest[state] + 1 ? next : Copy(next, state, symbol);
        }

        _last = added;
    }

    /// <summary>Splits off the runs of a state that are no longer than those that lead to it from <paramref name="from"/>.</summary>
    private int Copy(int original, int from, long symbol)
    {
        int copy = NewState(_longest[from] + 1, _link[original]);
        for (int edge = _firstEdge[original]; edge != None; edge = _edges[edge].Next)
        {
            Connect(copy, _edges[edge].Symbol, _next[(original, _edges[edge].Symbol)]);
        }

        _link[original] = copy;
        for (int state = from; state != None && _next.GetValueOrDefault((state, symbol), None) == original; state = _link[state])
        {
            _next[(state, symbol)] = copy;
        }

        return copy;
    }

    private void Connect(int state, long symbol, int next)
    {
        _next.Add((state, symbol), next);
        _edges.Add((symbol, _firstEdge[state]));
        _firstEdge[state] = _edges.Count - 1;
    }

    private int NewState(int longest, int link)
    {
        _longest.Add(longest);
        _link.Add(link);
        _matched.Add(0);
        _firstEdge.Add(None);
        return _longest.Count - 1;
    }
}
