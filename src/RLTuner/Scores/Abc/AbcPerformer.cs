using RLTuner.Music;

namespace RLTuner.Scores.Abc;

/// <summary>
/// Plays the bars of each voice in order and writes down what sounds. Metres and keys count from the first voice, tempos from the
/// first that names one.
/// </summary>
internal sealed class AbcPerformer(AbcTune tune, string partOrder, bool playRepeats)
{
    private const int Velocity = 100;

    /// <summary>Bars, notes and changes that are written, or come by when played, whether or not they leave anything in the score: ten hours.</summary>
    public const int MaxEvents = 500_000;

    /// <summary>What is played of anything written is so many times as much at most, and what any tune may have besides.</summary>
    private const int MostPasses = 100, LeastEvents = 20_000;

    private readonly List<Instrument> _instruments = [];
    private readonly List<ScoreNote> _notes = [];
    private readonly List<TempoChange> _tempos = [];
    private readonly List<TimeSignatureChange> _metres = [];
    private readonly List<KeySignatureChange> _keys = [];
    private long _most = MaxEvents;
    private long _events;

    /// <summary>The score of these voices.</summary>
    /// <exception cref="AbcFormatException">It is longer than any music.</exception>
    public Score Play(IReadOnlyList<AbcVoice> voices)
    {
        List<AbcVoice> sounding = [.. voices.Where(voice => voice.Bars.Count > 0)];
        long written = sounding.Sum(voice => voice.Bars.Sum(bar => 1L + bar.Notes.Length + bar.Changes.Length));
        _most = Math.Min(MaxEvents, LeastEvents + (MostPasses * written));
        long pickup = sounding.Count == 0 ? 0 : Pickup(sounding[0].Bars);
        AbcVoice? tempoVoice = sounding.Find(voice => voice.Bars.Exists(
            bar => bar.Settings.Tempo is not null || bar.Changes.Any(change => change.Settings.Tempo is not null)));
        for (int i = 0; i < sounding.Count; i++)
        {
            long tick = pickup;
            Performance voice = new(this, sounding[i], i);
            foreach (int index in Order(sounding[i].Bars))
            {
                AbcBar bar = sounding[i].Bars[index];
                Count(bar.Notes.Length + bar.Changes.Length);
                long start = tick == pickup ? 0 : tick;
                Declare(bar.Settings, start, i == 0, sounding[i] == tempoVoice);
                foreach ((long offset, AbcSettings settings) in bar.Changes)
                {
                    Declare(settings, tick + offset, i == 0, sounding[i] == tempoVoice);
                }

                voice.Play(bar, tick);
                tick += bar.Length;
            }
        }

        return new Score
        {
            Name = tune.Name,
            Tempos = TempoMap.Metrical(AbcTiming.TicksPerQuarter, [.. _tempos]),
            Instruments = [.. _instruments],
            Notes = [.. _notes.OrderBy(note => note.Instrument).ThenBy(note => note.End)],
            TimeSignatures = [.. _metres],
            KeySignatures = [.. _keys],
        };
    }

    /// <summary>How much the first bar lacks: a pickup starts that late, so that its end is a bar line.</summary>
    private static long Pickup(List<AbcBar> bars)
    {
        long length = 0;
        foreach (AbcBar bar in bars)
        {
            length += bar.Length;
            if (bar.EndsAtBarLine)
            {
                return bars[0].Settings.Metre is null ? 0 : Math.Max(0, bars[0].Settings.BarLength - length);
            }
        }

        return 0;
    }

    private List<int> Order(List<AbcBar> bars)
    {
        List<int> order = [];
        Dictionary<int, AbcRepeats> repeats = [];
        (int From, int To)[] sections = [.. Sections(bars)];
        for (int i = 0; i < sections.Length; i++)
        {
            (int from, int to) = sections[i];
            if (playRepeats)
            {
                // A part is looked through once, however often it is played.
                if (!repeats.TryGetValue(from, out AbcRepeats? section))
                {
                    repeats.Add(from, section = new AbcRepeats(bars, from, to));
                }

                // P:A4 asks for the four endings of A in turn, not for all of them four times.
                int times = sections.Skip(i).TakeWhile(next => next == sections[i]).Count();
                bool inTurn = times > 1 && section.LastEnding == times;
                for (int time = 1; time <= (inTurn && section.HasSigns ? 1 : times); time++)
                {
                    section.Play(order, () => Count(1), firstPass: inTurn ? time : 1);
                }

                i += times - 1;
            }
            else
            {
                order.AddRange(Enumerable.Range(from, to - from));
            }
        }

        return order;
    }

    private void Count(int events)
    {
        _events += events;
        if (_events > _most)
        {
            throw new AbcFormatException(
                tune.Name, null, $"expected at most {_most} bars, notes and fields with all repeats, found more (write out fewer repeats)");
        }
    }

    /// <summary>The runs of bars to play: one for each letter of the order of parts, after what stands before the first part.</summary>
    private IEnumerable<(int From, int To)> Sections(List<AbcBar> bars)
    {
        Dictionary<string, (int From, int To)> parts = [];
        for (int from = 0, to; from < bars.Count; from = to)
        {
            to = from + 1;
            while (to < bars.Count && bars[to].Part == bars[from].Part)
            {
                to++;
            }

            parts.TryAdd(bars[from].Part, (from, to));
        }

        if (!playRepeats || !partOrder.Any(letter => parts.ContainsKey($"{letter}")))
        {
            return [(0, bars.Count)];
        }

        IEnumerable<string> order = partOrder.Select(letter => $"{letter}");
        return order.Prepend("").Where(parts.ContainsKey).Select(part => parts[part]);
    }

    private void Declare(AbcSettings settings, long tick, bool isFirst, bool givesTempo)
    {
        if (givesTempo && settings.Tempo is { } tempo && (_tempos.Count == 0 || _tempos[^1].QuartersPerMinute != tempo))
        {
            _tempos.Add(new TempoChange(tick, tempo));
        }

        if (isFirst && settings.NamesMetre && settings.Metre is { } metre && (_metres.Count == 0 || _metres[^1].TimeSignature != metre))
        {
            _metres.Add(new TimeSignatureChange(tick, metre));
        }

        if (isFirst && settings.Key.Transposed(settings.Semitones) is { } key && (_keys.Count == 0 || _keys[^1].KeySignature != key))
        {
            _keys.Add(new KeySignatureChange(tick, key));
        }
    }

    /// <summary>What one voice has played.</summary>
    private sealed class Performance(AbcPerformer performer, AbcVoice voice, int track)
    {
        private readonly Dictionary<int, int> _layers = [];

        // By staff line, the index of the note whose tie waits for the next.
        private readonly Dictionary<int, int> _ties = [];

        public void Play(AbcBar bar, long tick)
        {
            foreach (AbcNote note in bar.Notes)
            {
                long start = tick + note.Offset;
                int index = TiedNote(note, start) ?? Strike(note, start);
                performer._notes[index] = performer._notes[index] with { End = start + note.Length };
                if (note.IsTied)
                {
                    _ties[note.StaffLine] = index;
                }
            }
        }

        /// <summary>The note that goes on; a tie keeps an accidental over the bar line.</summary>
        private int? TiedNote(AbcNote note, long start)
        {
            if (!_ties.Remove(note.StaffLine, out int index))
            {
                return null;
            }

            ScoreNote before = performer._notes[index];
            bool goesOn = before.End == start && (!note.HasAccidental || before.Pitch.MidiNumber == note.Pitch);
            return goesOn ? index : null;
        }

        private int Strike(AbcNote note, long start)
        {
            performer._notes.Add(new ScoreNote(InstrumentOf(note.Layer), new Pitch(note.Pitch), Velocity, start, start));
            return performer._notes.Count - 1;
        }

        private int InstrumentOf(int layer)
        {
            if (!_layers.TryGetValue(layer, out int index))
            {
                index = performer._instruments.Count;
                _layers.Add(layer, index);
                string name = layer == 0 ? voice.Id : $"{voice.Id}&{layer}";
                performer._instruments.Add(new Instrument(track, 0, 0, IsDrum: false, name, layer == 0 && voice.HasLyrics));
            }

            return index;
        }
    }
}
