using RLTuner.Music;

namespace RLTuner.Scores.Wave;

/// <summary>One note of the voice that pages play with: a triangle and a softer octave above it, plucked.</summary>
internal sealed class Voice
{
    /// <summary>Seconds in which a note dies away after its end.</summary>
    public const double Release = 0.06;

    private const double Attack = 0.01, Loudest = 0.6, Fallen = 1 / 3.0, Octave = 0.25;

    private readonly double _frequency, _level, _duration;
    private readonly int _partials;

    /// <summary>Creates the note.</summary>
    /// <param name="note">Which one.</param>
    /// <param name="step">Seconds a step.</param>
    /// <param name="strength">How hard it is struck, 0 to 1.</param>
    public Voice(MelodyNote note, double step, double strength)
    {
        _frequency = 440 * Math.Pow(2, (note.Pitch.MidiNumber - 69) / 12.0);
        _duration = Math.Max(Attack + 0.01, note.Length * step);
        _level = Loudest * strength;

        // A triangle is its odd partials; those above what the rate can hold would sound as others.
        _partials = Math.Clamp((int)(((WaveWriter.SampleRate / 2 / _frequency) + 1) / 2), 1, 8);
        Start = (int)Math.Round(note.Start * step * WaveWriter.SampleRate);
        End = Start + (int)Math.Ceiling((_duration + Release) * WaveWriter.SampleRate);
    }

    /// <summary>The first sample.</summary>
    public int Start { get; }

    /// <summary>The sample after the last.</summary>
    public int End { get; }

    /// <summary>Adds the note to a stretch of sound.</summary>
    /// <param name="sound">Samples from -1 to 1.</param>
    /// <param name="first">Which sample its first one is.</param>
    public void AddTo(Span<double> sound, int first)
    {
        for (int sample = Math.Max(Start, first); sample < Math.Min(End, first + sound.Length); sample++)
        {
            double time = (double)(sample - Start) / WaveWriter.SampleRate;
            sound[sample - first] += _level * Envelope(time) * Wave(2 * Math.PI * _frequency * time);
        }
    }

    private double Envelope(double time)
    {
        double fall = Math.Pow(Fallen, Math.Clamp((time - Attack) / (_duration - Attack), 0, 1));
        return time < Attack ? time / Attack : time < _duration ? fall : Fallen * Math.Max(0, 1 - ((time - _duration) / Release));
    }

    private double Wave(double phase)
    {
        double triangle = 0;
        for (int partial = 0; partial < _partials; partial++)
        {
            int number = (2 * partial) + 1;
            triangle += (partial % 2 == 0 ? 1 : -1) * Math.Sin(number * phase) / (number * number);
        }

        double octave = _partials > 1 ? Octave * Math.Sin(2 * phase) : 0;
        return ((8 / (Math.PI * Math.PI) * triangle) + octave) / (1 + Octave);
    }
}
